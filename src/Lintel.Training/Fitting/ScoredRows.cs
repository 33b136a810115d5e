using Lintel.Decisions;
using Lintel.Decisions.Lists;
using Lintel.Design;
using Lintel.Features;
using Lintel.Pipeline;
using Lintel.Pipeline.Scoring;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>Some decisions with the scores of every model: what thresholds are solved on, and what is judged.</summary>
internal sealed class ScoredRows
{
    private readonly Preparation _prepared;
    private readonly KeptRegisters _registers;
    private readonly ScoringGraph _graph;

    private ScoredRows(
        Preparation prepared, KeptRegisters registers, ScoringGraph graph, int[] rows, double[][] margins, int[] days)
    {
        _prepared = prepared;
        _registers = registers;
        _graph = graph;
        Rows = rows;
        Margins = margins;
        Days = days;
    }

    /// <summary>Rows of the decided event's table, [n].</summary>
    public int[] Rows { get; }

    /// <summary>[model][n].</summary>
    public double[][] Margins { get; }

    /// <summary>Day numbers in the design's time zone, [n].</summary>
    public int[] Days { get; }

    private CompiledDesign Compiled => _prepared.Compiled;

    /// <summary>Scores rows with fitted models.</summary>
    public static ScoredRows Of(
        Preparation prepared, Examples examples, KeptRegisters registers, ScoringGraph graph, int[] rows)
    {
        var all = Enumerable.Range(0, examples.FeatureCount).ToArray();
        var margins = graph.ScoreRows(examples.Gather(rows, all), examples.FeatureCount);
        return With(prepared, registers, graph, rows, margins);
    }

    /// <summary>Takes scores that are already there, e.g. out-of-fold ones.</summary>
    public static ScoredRows With(
        Preparation prepared, KeptRegisters registers, ScoringGraph graph, int[] rows, double[][] margins) =>
        new(prepared, registers, graph, rows, margins,
            [.. rows.Select(row => CalendarDay.Of(prepared.Known[row], prepared.Design.TimeZone))]);

    /// <summary>The same rows, some left out.</summary>
    public ScoredRows Where(Func<int, bool> keep)
    {
        int[] places = [.. Enumerable.Range(0, Rows.Length).Where(keep)];
        return new(
            _prepared, _registers, _graph, [.. places.Select(i => Rows[i])],
            [.. Margins.Select(m => places.Select(i => m[i]).ToArray())], [.. places.Select(i => Days[i])]);
    }

    public bool HasLabel(int place) => !float.IsNaN(_prepared.Labels.Values[Rows[place]]);

    public float[] Labels() => [.. Rows.Select(row => _prepared.Labels.Values[row])];

    /// <summary>Registers of one decision, all but the thresholds.</summary>
    public void Read(int place, Span<double> registers)
    {
        _registers.Read(Rows[place], registers);
        var score = Compiled.Plan.ScoreRegister(_graph.Nodes[0].Name);
        for (var node = 0; node < _graph.Nodes.Length; node++)
        {
            registers[score++] = Margins[node][place];
            registers[score++] = _graph.Nodes[node].Probability(Margins[node][place]);
        }
        ListLedger.FillEmpty(Compiled.Plan, registers);
    }

    /// <summary>As the policy sees them.</summary>
    public DecidedRows Decided() => new()
    {
        Count = Rows.Length,
        Read = Read,
        Labels = Labels(),
        Feedback = _prepared.Feedback(Rows),
        Days = Days,
        FirstDay = Days.Min(),
        DayCount = Days.Max() - Days.Min() + 1,
    };

    /// <summary>An expression at every decision, [n].</summary>
    public double[] Evaluate(ExpressionProgram program)
    {
        var registers = new double[Compiled.Plan.RegisterCount];
        var values = new double[Rows.Length];
        for (var i = 0; i < values.Length; i++)
        {
            Read(i, registers);
            values[i] = program.Evaluate(registers);
        }
        return values;
    }

    /// <summary>As metrics see one model's score; every row must have its label.</summary>
    /// <param name="ruleOf">The rule that decided each row; null: nothing was decided.</param>
    /// <param name="promises">Of a regression: what was promised; null: the score itself is.</param>
    public Judged Judged(int node, ReadOnlySpan<int> ruleOf, double[]? promises = null)
    {
        var model = _graph.Nodes[node];
        var keys = _prepared.Keys();
        return new()
        {
            Margins = Margins[node],
            AreValues = AreValues,
            Quantiles = Quantiles(node),
            Promises = promises,
            PromiseCosts = AreValues ? PromiseCosts() : null,
            Probabilities = AreValues || model.Scale == Models.ScoreScale.Novelty ? null : [.. Margins[node].Select(model.Probability)],
            Labels = Labels(),
            Days = Days,
            Keys = keys.ToDictionary(static k => k.Key, k => Rows.Select(row => k.Value[row]).ToArray()),
            Weights = _prepared.Weights is { } weights ? [.. Rows.Select(row => weights[row])] : null,
            Consequences = ruleOf.IsEmpty || Compiled.Policy.Rules.Count == 0 ? null : Consequences(ruleOf),
        };
    }

    private bool AreValues => Compiled.Design.Decision.Kind == DecisionKind.Regression;

    /// <summary>Scores of the first model of a kind; null: the design has none.</summary>
    public double[]? OfKind(string kind)
    {
        for (var node = 0; node < _graph.Nodes.Length; node++)
        {
            if (_graph.Nodes[node].Kind == kind) { return Margins[node]; }
        }
        return null;
    }

    /// <summary>Quantiles of the entry that a node is the estimate of; null: it has none.</summary>
    private QuantileScores? Quantiles(int node)
    {
        var models = Compiled.Design.Models;
        if (models[node].Quantile is not { } of) { return null; }
        int[] nodes = [.. Enumerable.Range(0, models.Length).Where(n => models[n].Quantile?.Entry == of.Entry).OrderBy(n => models[n].Quantile!.Level)];
        return new([.. nodes.Select(n => models[n].Quantile!.Level)], [.. nodes.Select(n => Margins[n])]);
    }

    /// <summary>What a policy's rules come to for these rows.</summary>
    public Consequences Consequences(ReadOnlySpan<int> ruleOf)
    {
        var outcomes = Compiled.Design.OutcomeDesigns;
        var roleOf = new OutcomeRole[ruleOf.Length];
        var stops = new double[ruleOf.Length];
        for (var i = 0; i < roleOf.Length; i++)
        {
            var outcome = outcomes[Compiled.Policy.OutcomeOf(ruleOf[i])];
            (roleOf[i], stops[i]) = (outcome.Role, outcome.Stops);
        }
        return new()
        {
            Roles = roleOf,
            Stops = stops,
            Missed = Cost("missed"),
            Blocked = Cost("blocked"),
            Review = Cost("review"),
            Challenge = Cost("challenge"),
        };
    }

    /// <summary>What is promised of each row behind each line of the policy, decided in the order of time, [line][row]: the last is what is
    /// promised. Without a line the estimate is. Null: it is no regression's.</summary>
    public double[][]? Promises()
    {
        if (!AreValues || Compiled.Policy.Promise is not { } policy) { return null; }
        var promises = Enumerable.Range(0, Math.Max(1, policy.StepCount)).Select(_ => new double[Rows.Length]).ToArray();
        var promised = Compiled.Plan.PromiseRegister;
        _ = new PolicySimulation(Compiled.Policy, Compiled.Plan, Decided()).Run([], visit: (row, _, registers) =>
        {
            promises[^1][row] = registers[promised];
            var trace = policy.Trace(registers);
            for (var line = 0; line < trace.Length; line++) { promises[line][row] = trace[line]; }
        });
        return promises;
    }

    private PromiseCosts? PromiseCosts()
    {
        var costs = new PromiseCosts(Cost("late"), Cost("early"), Cost("lost"));
        return (costs.Late ?? costs.Early ?? costs.Lost) is null ? null : costs;
    }

    private double[]? Cost(string name) =>
        Compiled.Costs.FirstOrDefault(c => c.Name == name)?.Program is { } program ? Evaluate(program) : null;
}

/// <summary>Register files of the decisions that are judged or that choose; the others keep their features only.</summary>
public sealed class KeptRegisters(int registerCount, int rowCount)
{
    private readonly int[] _places = Filled(rowCount);
    private readonly List<double[]> _chunks = [];
    private const int RowsPerChunk = 1 << 14;
    private int _count;

    /// <summary>Keeps a copy of one decision's registers.</summary>
    public void Keep(int row, ReadOnlySpan<double> registers)
    {
        if (_count % RowsPerChunk == 0) { _chunks.Add(new double[RowsPerChunk * registerCount]); }
        registers.CopyTo(_chunks[^1].AsSpan(_count % RowsPerChunk * registerCount, registerCount));
        _places[row] = _count++;
    }

    /// <exception cref="InvalidOperationException">The row was not kept.</exception>
    public void Read(int row, Span<double> registers)
    {
        var place = _places[row];
        if (place < 0) { throw new InvalidOperationException($"registers of row {row} were not kept"); }
        _chunks[place / RowsPerChunk].AsSpan(place % RowsPerChunk * registerCount, registerCount).CopyTo(registers);
    }

    public bool Has(int row) => _places[row] >= 0;

    /// <summary>Sets one register of a row, if it was kept.</summary>
    public void Set(int row, int register, double value)
    {
        var place = _places[row];
        if (place >= 0) { _chunks[place / RowsPerChunk][(place % RowsPerChunk * registerCount) + register] = value; }
    }

    private static int[] Filled(int count)
    {
        var places = new int[count];
        Array.Fill(places, -1);
        return places;
    }
}
