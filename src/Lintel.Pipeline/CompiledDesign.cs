using System.Collections.Immutable;
using Lintel.Decisions;
using Lintel.Decisions.Pages;
using Lintel.Design;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features;
using Lintel.Pipeline.Ranking;

namespace Lintel.Pipeline;

/// <summary>A design made executable: one plan of features, the policy, and every expression that judging needs, over one file
/// of registers. Training, evaluation, batch and serving all run this.</summary>
public sealed class CompiledDesign
{
    private CompiledDesign(
        SystemDesign design, CodeDictionaries dictionaries, IReadOnlyList<CatalogueTable> catalogues)
    {
        Design = design;
        Dictionaries = dictionaries;
        Catalogues = catalogues;
        var builder = new FeaturePlanBuilder(design, dictionaries, catalogues);
        Policy = PolicyProgram.Compile(design, builder);
        Page = design.Decision.Ranking is { } ranking
            ? PageProgram.Compile(design, builder, catalogues.First(c => c.Design.Name == ranking.Of.Name), dictionaries)
            : null;
        Costs = [.. design.Requirements.Costs.Select(c => new NamedProgram(c.Name, builder.Add(c.Value)))];
        Slices = [.. design.Evaluate.Slices.Select(s => new NamedProgram(s.Name, builder.Add(s.Condition)))];
        Baselines = [.. design.Evaluate.Baselines.Select(b =>
            new NamedProgram(b.Name, b.Value is null ? null : builder.Add(b.Value)))];
        ReviewPriority = design.Reviews?.Priority is { } priority ? builder.Add(priority) : null;
        Where = design.Evaluate.Where is { } where ? builder.Add(where) : null;
        Plan = builder.Build();
        ItemNames = design.Decision.Ranking is { } of ? NamesOf(of, dictionaries) : [];
        ItemTitles = design.Decision.Ranking is { } named
            ? ItemTitles.Of(named, Plan.Row!.Items, ItemNames, dictionaries) : ItemTitles.None;
    }

    public SystemDesign Design { get; }

    /// <summary>Keys of what is ranked, by their codes: those of the catalogue.</summary>
    public ImmutableArray<string> ItemNames { get; }

    /// <summary>What people call what is ranked.</summary>
    public ItemTitles ItemTitles { get; }

    /// <summary>Codes that the plan's constants and every state of it are written in.</summary>
    public CodeDictionaries Dictionaries { get; }

    /// <summary>What is known of things, in the design's order.</summary>
    public IReadOnlyList<CatalogueTable> Catalogues { get; }

    public FeaturePlan Plan { get; }

    /// <summary>Rules that give outcomes; a ranking has none.</summary>
    public PolicyProgram Policy { get; }

    /// <summary>A ranking's steps; null: the decision is no ranking.</summary>
    public PageProgram? Page { get; }

    public ImmutableArray<NamedProgram> Costs { get; }

    public ImmutableArray<NamedProgram> Slices { get; }

    /// <summary>Trivial competitors; without a program: <c>random</c> and <c>prior</c>, which need no row.</summary>
    public ImmutableArray<NamedProgram> Baselines { get; }

    /// <summary>Who is reviewed first; null: the design leaves it to the default.</summary>
    public ExpressionProgram? ReviewPriority { get; }

    /// <summary>Decisions that are judged; null: all.</summary>
    public ExpressionProgram? Where { get; }

    /// <summary>Compiles against the dictionaries and catalogues that files or a version brought; constants may add codes to
    /// the dictionaries.</summary>
    public static CompiledDesign Compile(
        SystemDesign design, CodeDictionaries dictionaries, IReadOnlyList<CatalogueTable>? catalogues = null) =>
        new(design, dictionaries, catalogues ?? []);

    private ImmutableArray<string> NamesOf(RankingDesign ranking, CodeDictionaries dictionaries)
    {
        var names = dictionaries[ranking.Of.Name];
        return [.. Enumerable.Range(0, Math.Min(names.Count, Plan.Row!.Items.Count)).Select(names.Text)];
    }

    /// <summary>The same design and catalogues over dictionaries that hold the same codes and may hold more.</summary>
    public CompiledDesign Over(CodeDictionaries dictionaries) => new(Design, dictionaries, Catalogues);
}

public sealed record NamedProgram(string Name, ExpressionProgram? Program);
