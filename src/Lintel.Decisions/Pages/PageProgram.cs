using Lintel.Decisions.Pages.Steps;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features;

namespace Lintel.Decisions.Pages;

/// <summary>The policy of a ranking, compiled: its lines' steps, one after another. Immutable and thread-safe; the page
/// is the caller's.</summary>
/// <remarks>A page is sorted by score first. Lines run in their order, but for those that promise something of the
/// page's places (<c>pin</c>, <c>at least</c>, <c>at most … in first</c>): these are kept when the page is made, before
/// the first <c>explore … among</c>, <c>price</c>, <c>row</c> or <c>take</c>, pins first.</remarks>
public sealed class PageProgram
{
    // places that are shaped where no line says how long the page is
    private const int UnknownLength = 50;

    private readonly PolicyRule.Step[] _lines;
    private readonly IPageStep?[] _steps;
    private readonly int _made;

    private PageProgram(PolicyRule.Step[] lines, IPageStep?[] steps, int made, IReadOnlyList<string> rows, int length) =>
        (_lines, _steps, _made, RowTitles, Length) = (lines, steps, made, rows, length);

    /// <summary>The most items that a page shows.</summary>
    public int Length { get; }

    /// <summary>The policy's lines; those passed over too.</summary>
    public int StepCount => _lines.Length;

    /// <summary>Titles of the page's rows, as <see cref="Page.RowOf"/> numbers them; empty: the page is one
    /// list.</summary>
    public IReadOnlyList<string> RowTitles { get; }

    /// <summary>The model whose variance the policy explores by; null: it does not, or that line is passed over.</summary>
    public string? SampledModel
    {
        get
        {
            var line = Array.FindIndex(_steps, static s => s?.Role == StepRole.Samples);
            return line < 0 ? null : ((StepSlot.Word)_lines[line].Slots["model"]).Text;
        }
    }

    /// <summary>A line as the design has it.</summary>
    public string StepText(int step) => _lines[step].Text;

    /// <summary>Whether a line is not passed over.</summary>
    public bool Runs(int step) => _steps[step] is not null;

    /// <summary>Compiles a ranking's policy; its expressions join the plan.</summary>
    /// <param name="items">The catalogue of what is ranked.</param>
    /// <param name="texts">Items that the policy names get their codes now.</param>
    /// <exception cref="DesignException">A line cannot be meant so, or stands where another undoes it; all faults at
    /// once.</exception>
    public static PageProgram Compile(
        SystemDesign design, FeaturePlanBuilder builder, CatalogueTable items, CodeDictionaries texts)
    {
        var diagnostics = new DiagnosticBag();
        var compiled = new List<(PolicyRule.Step Line, IPageStep Step)>();
        var length = PageLength(design);
        foreach (var rule in design.Policy)
        {
            var line = rule as PolicyRule.Step
                ?? throw new InvalidOperationException($"{rule.At}: '{rule.Text}' is no step of a ranking");
            var kind = PageStepKinds.Find(line.Kind)
                ?? throw new InvalidOperationException($"{line.At}: unknown step '{line.Kind}'");
            try { compiled.Add((line, kind.Compile(new(line, design, builder, items, texts, length)))); }
            catch (DesignException fault)
            {
                foreach (var diagnostic in fault.Diagnostics) { diagnostics.Add(diagnostic); }
            }
        }
        StepOrder.Check(compiled, diagnostics);
        diagnostics.ThrowIfErrors();
        var made = compiled.FindIndex(
            static c => c.Step.Role is StepRole.Explores or StepRole.Prices or StepRole.FillsRow or StepRole.Ends);
        return new([.. compiled.Select(static c => c.Line)], [.. compiled.Select(static c => c.Step)],
            made < 0 ? compiled.Count : made,
            [.. RowStep.Lines(design).Select(static l => ((StepSlot.Word)l.Slots["title"]).Text)],
            length);
    }

    /// <summary>Runs every line over a page whose candidates have their registers and scores. What a line removes is
    /// marked with its number; a later run of the same candidates begins with <see cref="Page.Restart"/>.</summary>
    public void Run(Page page)
    {
        page.RememberScores();
        page.Sort();
        for (var i = 0; i < _steps.Length; i++)
        {
            if (i == _made) { PagePromises.Keep(page, _steps); }
            if (_steps[i] is not { Role: not (StepRole.Pins or StepRole.Promises) } step) { continue; }
            page.Step = i;
            step.Apply(page);
        }
        if (_made == _steps.Length) { PagePromises.Keep(page, _steps); }
    }

    /// <summary>The same policy with one line passed over, others keeping their numbers: the line's price is the
    /// difference.</summary>
    public PageProgram Without(int step)
    {
        var steps = (IPageStep?[])_steps.Clone();
        steps[step] = null;
        return new(_lines, steps, _made, RowTitles, Length);
    }

    /// <summary>The same policy without its draws: the page that it holds for the best.</summary>
    public PageProgram WithoutExploration()
    {
        var explores = Array.FindIndex(_steps, static s => s?.Role is StepRole.Explores or StepRole.Samples);
        return explores < 0 ? this : Without(explores);
    }

    private static int PageLength(SystemDesign design)
    {
        var lines = design.Policy.OfType<PolicyRule.Step>();
        var take = lines.LastOrDefault(static l => l.Kind == Take.Name);
        var rows = RowStep.Lines(design).Sum(static l => ((StepSlot.Number)l.Slots["count"]).Value);
        return take is not null ? (int)((StepSlot.Number)take.Slots["count"]).Value
            : rows > 0 ? (int)rows
            : UnknownLength;
    }
}
