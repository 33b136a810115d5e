using System.Text;
using Lintel.Events;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Ranking;

namespace Lintel.Training.Continuous;

/// <summary>Learns from a replayed log: each row, a decision or an item that was shown, when its label is known, with the features that
/// its decision read; predicted first. All that it is follows from the version that it began with and from the records and their
/// order.</summary>
internal sealed class StreamLearner : IRecordWatcher
{
    private readonly SystemVersion _root;
    private readonly IRowMaker _rows;
    private readonly WaitingRows _waiting;
    private readonly IOnlineLearner?[] _learners;
    private readonly double[] _keep;
    private readonly double[] _features, _scores;
    private readonly float[] _row;
    private readonly int _judged;
    private ScoringGraph _graph;

    /// <param name="root">The trained version: everything that does not learn is its.</param>
    /// <param name="compiled">The design over the dictionaries of the state that is followed.</param>
    /// <param name="retention">How long a record can be named.</param>
    public StreamLearner(SystemVersion root, CompiledDesign compiled, TimeSpan retention)
    {
        (_root, _graph) = (root, root.Graph);
        var (decision, ranking) = (compiled.Design.Decision, compiled.Design.Decision.Ranking);
        _waiting = new(
            ranking?.Labels[0].Sources ?? decision.Label, ofShown: ranking is not null, compiled.Plan,
            retention.Ticks / TimeSpan.TicksPerMicrosecond, Learn);
        _rows = ranking is null ? new DecidedRows(compiled, _waiting) : new ShownRows(root.Number, compiled, _waiting);
        _judged = ranking is null ? root.Graph.Nodes.Length - 1 : ShownJudge.Nodes(root.Design, root.Graph)[^1];
        Window = new(_waiting.LongestSilence);
        var nodes = root.Graph.Nodes;
        _learners = new IOnlineLearner?[nodes.Length];
        _keep = [.. nodes.Select(n => root.Manifest?.Ledger.FirstOrDefault(l => l.Model == n.Name)?.KeptNegatives ?? 1)];
        _features = new double[compiled.Plan.FeatureCount];
        _scores = new double[2 * nodes.Length];
        _row = new float[compiled.Plan.FeatureCount];
        GoOnFrom(root.Graph);
    }

    public ProgressiveWindow Window { get; }

    /// <summary>Labelled rows learned since the root, those of a weight above 0.</summary>
    public long Rows { get; private set; }

    /// <summary>What a row is, for messages.</summary>
    public string RowName => _rows is ShownRows ? "items shown" : "decisions";

    /// <summary>Rows that wait for their label.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Pages that wait until their items are shown.</summary>
    public int PageCount => _rows.PageCount;

    /// <summary>Records that tell nothing: of no record that was accepted, late, or said before.</summary>
    public long Unheard => _waiting.WithoutSubject + _waiting.Unused + _rows.Unheard;

    /// <summary>Forgets what was learned behind a version of the same root; rows go on waiting.</summary>
    public void GoOnFrom(ScoringGraph graph)
    {
        for (var i = 0; i < _learners.Length; i++)
        {
            if (Trainer(i) is { } trainer) { _learners[i] = trainer.Resume(graph.Nodes[i].Model!); }
        }
        Rewire();
        Window.Clear();
    }

    /// <summary>What predicts: it goes on learning.</summary>
    public ScoringGraph Current => _graph;

    /// <summary>The root's graph with what is known now in the place of the models that learn.</summary>
    public ScoringGraph Snapshot() => new(
        [.. _root.Graph.Nodes.Select((n, i) => _learners[i] is { } learner ? n with { Model = learner.Snapshot() } : n)]);

    public void Taken(in EventRecord record, ReadOnlySpan<double> registers)
    {
        // a record that stands at an instant is heard before time allowed up to that instant has passed
        _waiting.Pass(record.Known - 1);
        _rows.Pass(record.Known - 1);
        Window.Advance(record.Known - 1);
        if (!_rows.Take(record, registers)) { _waiting.Take(record); }
    }

    public void Decided(DecisionRecord decision, int number) => _rows.Decided(decision, number);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Rows);
        foreach (var learner in _learners)
        {
            if (learner is not null) { Write(writer, learner); }
        }
        _waiting.Write(writer);
        _rows.Write(writer);
        Window.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        Rows = reader.ReadInt64();
        for (var i = 0; i < _learners.Length; i++)
        {
            if (_learners[i] is not null) { _learners[i] = Read(reader, Trainer(i)!); }
        }
        Rewire();
        _waiting.Read(reader);
        _rows.Read(reader);
        Window.Read(reader);
    }

    /// <summary>A learner behind its length: what reads it wants to know how much there is.</summary>
    private static void Write(BinaryWriter writer, IOnlineLearner learner)
    {
        using var bytes = new MemoryStream();
        using (var inner = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true)) { learner.Write(inner); }
        writer.Write((int)bytes.Length);
        writer.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static IOnlineLearner Read(BinaryReader reader, IOnlineTrainer trainer)
    {
        using var inner = new BinaryReader(new MemoryStream(reader.ReadBytes(reader.ReadInt32())));
        return trainer.ReadLearner(inner);
    }

    private void Rewire() => _graph = new(
        [.. _root.Graph.Nodes.Select((n, i) => _learners[i] is { } learner ? n with { Model = new LearningModel(learner) } : n)]);

    private void Learn(WaitingRow row, float label, long instant)
    {
        if (row.Weight == 0) { return; }
        for (var f = 0; f < _features.Length; f++) { _features[f] = row.Features[f]; }
        _graph.Score(_features, _scores);
        if (row.IsJudged) { Window.Add(new(row.At, instant, _scores[2 * _judged], _scores[(2 * _judged) + 1], label, row.Weight)); }
        for (var i = 0; i < _learners.Length; i++)
        {
            if (_learners[i] is { } learner && (label > 0 || IsKept(i, row.Number))) { Learn(learner, i, row, label); }
        }
        Rows++;
    }

    private void Learn(IOnlineLearner learner, int node, WaitingRow row, float label)
    {
        var columns = _root.Graph.Nodes[node].Features.AsSpan();
        for (var c = 0; c < columns.Length; c++) { _row[c] = row.Features[columns[c]]; }
        learner.Learn(_row.AsSpan(0, columns.Length), label, row.Weight);
    }

    /// <summary>Negatives are sampled as those of the fit were: the model's offset undoes it. The draw is the record's own.</summary>
    private bool IsKept(int node, int number) =>
        _keep[node] >= 1 || new RandomStream(_root.Manifest!.Seed + (ulong)node, (ulong)number).NextDouble() < _keep[node];

    /// <summary>Null: the model stays as it was fitted, for it cannot go on, or is of another label than the first.</summary>
    private IOnlineTrainer? Trainer(int node)
    {
        var (kind, model) = (_root.Graph.Nodes[node].Kind, _root.Design.Models[node]);
        if (_root.Graph.Nodes[node].Model is null || (model.Label is { } label && label != _root.Design.Decision.Ranking?.Labels[0].Name)) { return null; }
        return ModelKinds.Trainers.OfType<IOnlineTrainer>().FirstOrDefault(t => t.Kind.Name == kind);
    }
}
