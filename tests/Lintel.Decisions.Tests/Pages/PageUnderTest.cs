using System.Collections.Immutable;
using Lintel.Decisions.Pages;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>A film of the catalogue, and what a request's row says of it. Missing: null, NaN, or an empty
/// list.</summary>
internal sealed record Film(string Title, double Score)
{
    public string[] Genres { get; init; } = [];

    public string? Franchise { get; init; }

    public double Year { get; init; } = double.NaN;

    /// <summary>What a feature would say: how much of its genres the one who asks is used to.</summary>
    public double Affinity { get; init; } = double.NaN;

    /// <summary>Ranks that the sources <c>popular</c> and <c>fresh</c> gave it.</summary>
    public double Popular { get; init; } = double.NaN;

    public double Fresh { get; init; } = double.NaN;

    /// <summary>Of its score, which is also the margin of <see cref="PageUnderTest.Model"/>.</summary>
    public double Variance { get; init; } = double.NaN;
}

/// <summary>A ranking of films whose candidates and policy are the test's; registers are filled by hand.</summary>
internal sealed class PageUnderTest
{
    private static readonly SourceSpan At = new("films.yaml", 1, 1);
    /// <summary>A model of the design.</summary>
    public const string Model = "fraud";

    private readonly Film[] _films;
    private readonly FeaturePlan _plan;

    public PageUnderTest(Film[] films, params PolicyRule.Step[] policy)
    {
        _films = films;
        Design = Films.Design(policy);
        Items = Films.Table(films, Dictionaries, Design.Decision.Ranking!.Of);
        var builder = new FeaturePlanBuilder(Design, Dictionaries, [Items]);
        Program = PageProgram.Compile(Design, builder, Items, Dictionaries);
        _plan = builder.Build();
        Page = new() { RegisterCount = _plan.RegisterCount };
    }

    public SystemDesign Design { get; }

    public CodeDictionaries Dictionaries { get; } = new();

    public CatalogueTable Items { get; }

    public PageProgram Program { get; }

    public Page Page { get; }

    /// <summary>A line of the policy, with its slots as the grammar gives them: texts name columns, sources,
    /// events.</summary>
    public static PolicyRule.Step Line(string kind, params (string Slot, object Value)[] slots) => new(
        At, $"{kind} {string.Join(' ', slots.Select(static s => s.Value))}", kind,
        slots.ToImmutableDictionary(static s => s.Slot, static s => s.Value switch
        {
            Expression formula => new StepSlot.Formula(formula),
            int or double => (StepSlot)new StepSlot.Number(Convert.ToDouble(s.Value)),
            TimeSpan time => new StepSlot.Duration(time),
            string text when s.Slot == "column" => new StepSlot.Column(Films.Row.Find(text)),
            string text => new StepSlot.Word(text),
            _ => throw new ArgumentException($"no slot holds a {s.Value.GetType()}", nameof(slots)),
        }));

    /// <summary><c>movie.year &gt;= 2000</c>.</summary>
    public static Expression If(string column, BinaryOperator comparison, double value) => new Expression.Binary(
        At, DataType.Bool, comparison, Value(column), new Expression.Constant(At, DataType.Number, value));

    public static Expression Value(string column) =>
        new Expression.Column(At, DataType.Number, Films.Row, Films.Row.Find(column));

    /// <summary>Runs the policy over all films as candidates, or the same request again.</summary>
    public Page Run(ulong draw = 1)
    {
        Begin();
        Page.Draw = draw;
        Program.Run(Page);
        return Page;
    }

    /// <summary>Titles of those that are left, in their order.</summary>
    public string[] Titles(ulong draw = 1)
    {
        var page = Run(draw);
        return [.. page.Order.ToArray().Select(c => _films[page.Items[c]].Title)];
    }

    /// <summary>Fills the page with candidates, registers and scores.</summary>
    public void Begin()
    {
        Span<int> items = stackalloc int[_films.Length];
        for (var i = 0; i < items.Length; i++) { items[i] = i; }
        Page.Begin(items);
        for (var c = 0; c < items.Length; c++)
        {
            var registers = Page.Registers(c);
            registers.Fill(double.NaN);
            registers[Films.ItemRegister] = c;
            for (var f = 0; f < Items.Design.Fields.Length; f++)
            {
                registers[Films.ItemRegister + 1 + f] = Items.Value(f, c);
            }
            var ranks = Design.Decision.Ranking!.RankColumn(0);
            (registers[ranks], registers[ranks + 2]) = (_films[c].Popular, _films[c].Fresh);
            Page.Scores[c] = registers[_plan.ScoreRegister(Model)] = _films[c].Score;
            Page.Variances[c] = _films[c].Variance;
        }
    }

    /// <summary>Films of random genres, franchises, years and scores; some values are missing, some titles occur
    /// twice.</summary>
    public static Film[] Random(int count, ulong seed = 7)
    {
        var random = new RandomStream(seed);
        string[] genres = ["drama", "comedy", "crime", "war", "noir"];
        return [.. Enumerable.Range(0, count).Select(i => new Film($"Film {random.NextInt32(1 + (count * 3 / 4))}",
            Maybe(random.NextNormal()))
        {
            Genres = [.. genres.Where(_ => random.NextDouble() < 0.3)],
            Franchise = random.NextDouble() < 0.5 ? $"series {random.NextInt32(20)}" : null,
            Year = Maybe(1990 + random.NextInt32(35)),
            Affinity = Maybe(random.NextDouble()),
            Popular = random.NextDouble() < 0.3 ? 1 + random.NextInt32(50) : double.NaN,
            Fresh = random.NextDouble() < 0.1 ? 1 + random.NextInt32(50) : double.NaN,
            Variance = Maybe(random.NextDouble()),
        })];

        double Maybe(double value) => random.NextDouble() < 0.1 ? double.NaN : value;
    }
}
