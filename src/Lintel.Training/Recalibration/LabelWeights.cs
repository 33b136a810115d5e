using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;
using Lintel.Training.Fitting;

namespace Lintel.Training.Recalibration;

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
    public static LabelWeights Of(Preparation prepared, TrainingRequest request, int[] decisions)
    {
        var (from, to) = (decisions.Min(r => prepared.Known[r]), decisions.Max(r => prepared.Known[r]) + 1);
        var records = RecordedDecisions.Read(request.Workspace.LogFolder, request.Workspace.RecordsFolder, from, to);
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

    private DecisionRecord? RecordOf(int row) => _records.GetValueOrDefault(_prepared.Decided.Ids[row]);
}
