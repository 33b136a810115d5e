using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranges;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>Lets ranges follow outcomes over the log, as a service would: every decision is given what was known before it, and an outcome
/// is learned when its record comes. Fills the features that ranges are moved by.</summary>
internal sealed class RangePass
{
    private readonly Preparation _prepared;
    private readonly Replay _replay;
    private readonly FeaturePlan _plan;
    private readonly int[] _shifts;
    private readonly int _slice;
    private readonly int[] _quantiles;

    private RangePass(Preparation prepared, Replay replay)
    {
        (_prepared, _replay, _plan) = (prepared, replay, prepared.Compiled.Plan);
        var range = prepared.Design.Range!;
        _shifts = [.. range.Ends.Select(e => _plan.FeatureNames.IndexOf(e.Shift))];
        _slice = range.By is { } by ? _plan.FeatureNames.IndexOf(by) : -1;
        _quantiles = [.. range.Ends.Select(e => _plan.ScoreRegister(e.Quantile))];
    }

    /// <summary>Over the whole log: train's decisions by out-of-fold scores, later ones by the models that are judged. The states of a
    /// version that is being made are given what their ranges know.</summary>
    /// <param name="draft">Folder of the version.</param>
    /// <returns>What split conformal prediction would move the ends by from the first test day on; null: ranges do not follow outcomes.</returns>
    public static SplitShifts? Train(Preparation prepared, Replay replay, FittedSystem fitted, string draft)
    {
        if (RangeState.Of(prepared.Compiled, LiveState.DefaultRetention) is not { } state) { return null; }
        var pass = new RangePass(prepared, replay);
        var scores = pass.Scores(fitted.Graph, [.. Enumerable.Range(0, replay.Examples.Count).Except(prepared.Split.Rows(SplitPart.Train))]);
        foreach (var (node, end) in pass.Nodes(fitted.Graph))
        {
            foreach (var row in prepared.Split.Rows(SplitPart.Train)) { scores[end][row] = fitted.OutOfFold[node][row]; }
        }
        var (begin, test) = (long.MinValue, prepared.Split.Periods[SplitPart.Test].From);
        if (prepared.Split.Periods.TryGetValue(SplitPart.Validate, out var validate))
        {
            pass.Run(state, scores, begin, begin = validate.From);
            state.Save(Path.Combine(draft, VersionFiles.RangesAtValidate), begin);
        }
        pass.Run(state, scores, begin, test);
        Give(state, prepared, Path.Combine(draft, VersionFiles.StateAtTest));
        var split = pass.Split(state);
        pass.Run(state, scores, test, long.MaxValue);
        Give(state, prepared, Path.Combine(draft, VersionFiles.StateLatest));
        return split;
    }

    /// <summary>Over the test period and what follows, by the models of a version: what serving it would have filled in.</summary>
    public static void Test(SystemVersion version, Preparation prepared, Replay replay)
    {
        if (prepared.Design.Range is null) { return; }
        var folder = prepared.Workspace!.VersionFolder(version.Number);
        var state = LiveState.Load(Path.Combine(folder, VersionFiles.StateAtTest), prepared.Compiled, InstantOrder.Together).Ranges!;
        var from = prepared.Split.Periods[SplitPart.Test].From;
        var pass = new RangePass(prepared, replay);
        int[] rows = [.. Enumerable.Range(0, replay.Examples.Count).Where(r => prepared.Known[r] >= from)];
        pass.Run(state, pass.Scores(version.Graph, rows), from, long.MaxValue);
    }

    /// <summary>Over the validation period and what follows, by the models that were judged, from what their ranges knew when it began.</summary>
    /// <returns>As of <see cref="Train"/>.</returns>
    /// <exception cref="InvalidDataException">Train reaches into that time, where out-of-fold scores moved the ranges; or the version
    /// keeps no ranges.</exception>
    public static SplitShifts? Validate(SystemVersion version, Preparation prepared, Replay replay)
    {
        if (RangeState.Of(prepared.Compiled, LiveState.DefaultRetention) is not { } state) { return null; }
        var (from, test) = (prepared.Split.Periods[SplitPart.Validate].From, prepared.Split.Periods[SplitPart.Test].From);
        if (prepared.Split.Rows(SplitPart.Train).Any(r => prepared.Known[r] >= from))
        {
            throw new InvalidDataException(
                $"version {version.Number} is split by {prepared.Split.Kind}: its ranges followed out-of-fold scores, which no version keeps, until its test. Run "
                + "lintel train to judge it again, or split by time.");
        }
        _ = state.Load(Path.Combine(prepared.Workspace!.VersionFolder(version.Number), VersionFiles.RangesAtValidate));
        var pass = new RangePass(prepared, replay);
        int[] rows = [.. Enumerable.Range(0, replay.Examples.Count).Where(r => prepared.Known[r] >= from)];
        var scores = pass.Scores(version.Graph, rows);
        pass.Run(state, scores, from, test);
        var split = pass.Split(state);
        pass.Run(state, scores, test, long.MaxValue);
        return split;
    }

    /// <summary>What a state would move every test decision by if it learned nothing more.</summary>
    private SplitShifts Split(RangeState state)
    {
        var rows = _prepared.Split.AllRows(SplitPart.Test);
        var byEnd = _shifts.Select(_ => new double[_replay.Examples.Count]).ToArray();
        for (var e = 0; e < byEnd.Length; e++)
        {
            foreach (var row in rows) { byEnd[e][row] = state.SplitShift(e, _slice < 0 ? double.NaN : _replay.Examples.Row(row)[_slice]); }
        }
        return new(byEnd);
    }

    private IEnumerable<(int Node, int End)> Nodes(ScoringGraph graph) =>
        _prepared.Design.Range!.Ends.Select((end, e) => (graph.IndexOf(end.Quantile), e));

    /// <summary>The quantiles that are moved, [end][row]; NaN for other rows.</summary>
    private double[][] Scores(ScoringGraph graph, int[] rows)
    {
        var examples = _replay.Examples;
        int[] all = [.. Enumerable.Range(0, examples.FeatureCount)];
        var margins = graph.ScoreRows(examples.Gather(rows, all), examples.FeatureCount);
        var scores = _quantiles.Select(_ =>
        {
            var column = new double[examples.Count];
            Array.Fill(column, double.NaN);
            return column;
        }).ToArray();
        foreach (var (node, end) in Nodes(graph))
        {
            for (var i = 0; i < rows.Length; i++) { scores[end][rows[i]] = margins[node][i]; }
        }
        return scores;
    }

    private void Run(RangeState state, double[][] scores, long from, long to)
    {
        var history = _prepared.History;
        var decided = _prepared.Design.Decision.Each.Number;
        var values = new double[_prepared.Design.Events.Max(static e => e.Columns.Length)];
        var registers = new double[_plan.RegisterCount];
        foreach (ref readonly var entry in history.Order.AsSpan())
        {
            if (entry.Known < from) { continue; }
            if (entry.Known >= to) { break; }
            var record = history.Read(entry, values);
            if (entry.Type == decided) { Fill(state, entry.Row, scores, registers); }
            state.Take(record);
            if (entry.Type == decided) { state.Decided(entry.Row, registers); }
        }
    }

    /// <summary>Gives a decision what its ranges are moved by; the registers that the state reads are filled behind it.</summary>
    private void Fill(RangeState state, int row, double[][] scores, Span<double> registers)
    {
        var examples = _replay.Examples;
        var features = examples.Features.AsSpan(row * examples.FeatureCount, examples.FeatureCount);
        if (_slice >= 0) { registers[_plan.FeatureStart + _slice] = features[_slice]; }
        state.Fill(registers);
        for (var e = 0; e < _shifts.Length; e++)
        {
            var shift = registers[_plan.FeatureStart + _shifts[e]];
            features[_shifts[e]] = (float)shift;
            _replay.Registers.Set(row, _plan.FeatureStart + _shifts[e], shift);
            registers[_quantiles[e]] = scores[e][row];
        }
    }

    /// <summary>A version's state on disk, with what ranges know now.</summary>
    private static void Give(RangeState ranges, Preparation prepared, string path)
    {
        var state = LiveState.Load(path, prepared.Compiled, InstantOrder.Together);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true)) { ranges.Write(writer); }
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        state.Ranges!.Read(reader);
        state.Save(path);
    }
}

/// <summary>What each end of a range would be moved by had it stopped to learn when the test period began.</summary>
/// <param name="ByEnd">[end][row of the decided event's table]; 0 for rows that are not of the test.</param>
internal sealed record SplitShifts(double[][] ByEnd);
