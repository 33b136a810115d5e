using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Fitting;

/// <summary>Inverse propensities of labelled decisions. Where refused decisions have no label but those that were let through,
/// each of these stands for all that were refused like it (Horvitz and Thompson, JASA 47, 1952).</summary>
internal sealed class LabelWeights
{
    private readonly Preparation _prepared;
    private readonly Dictionary<string, DecisionRecord> _records;

    private LabelWeights(Preparation prepared, Dictionary<string, DecisionRecord> records, bool apply)
    {
        (_prepared, _records, Apply) = (prepared, records, apply);
    }

    /// <summary>Labels are missing because of what was decided.</summary>
    public bool Apply { get; }

    /// <param name="decisions">Rows of the decided table, labelled or not.</param>
    public static LabelWeights Of(Preparation prepared, Workspace workspace, int[] decisions)
    {
        var (from, to) = (decisions.Min(r => prepared.Known[r]), decisions.Max(r => prepared.Known[r]) + 1);
        var records = RecordedDecisions.Read(workspace.LogFolder, workspace.RecordsFolder, from, to);
        var weights = new LabelWeights(prepared, records, apply: true);
        var (refused, labelled, through) = (0, 0, 0);
        foreach (var row in decisions)
        {
            if (weights.RecordOf(row) is not { Propensity: < 1 } record) { continue; }
            if (record.LetThrough) { through++; }
            else
            {
                refused++;
                labelled += float.IsNaN(prepared.Labels.Values[row]) ? 0 : 1;
            }
        }
        // a label that comes whatever was decided needs no weight
        return new(prepared, records, through > 0 && labelled * 2 < refused);
    }

    /// <summary>Weights of labelled rows, in order; empty: all 1.</summary>
    public double[] For(int[] rows) => !Apply ? [] : [.. rows.Select(row => RecordOf(row) switch
    {
        { LetThrough: true } record => 1 / record.Propensity,
        { Propensity: < 1 } => 0,
        _ => 1,
    })];

    /// <summary>Weights of every row of the decided table, those that no log brought 1; null: all 1.</summary>
    public static double[]? OfLog(Preparation prepared, Workspace workspace)
    {
        if (prepared.Decided.Places is not { } places) { return null; }
        int[] logged = [.. Enumerable.Range(0, places.Length).Where(row => places[row] >= 0)];
        if (logged.Length == 0 || Of(prepared, workspace, logged) is not { Apply: true } own) { return null; }
        var weights = new double[places.Length];
        Array.Fill(weights, 1);
        var found = own.For(logged);
        for (var i = 0; i < logged.Length; i++) { weights[logged[i]] = found[i]; }
        return weights;
    }

    /// <summary>As many equally weighted cases would be known as exactly: (Σw)² / Σw² (Kish, Survey Sampling, 1965).</summary>
    public static double EffectiveCount(ReadOnlySpan<double> weights)
    {
        double sum = 0, squares = 0;
        foreach (var weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }
        return squares > 0 ? sum * sum / squares : 0;
    }

    private DecisionRecord? RecordOf(int row) => _records.GetValueOrDefault(_prepared.Decided.Ids[row]);
}
