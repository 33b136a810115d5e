using Lintel.Design;
using Lintel.Models.Sparse.CrossNetwork;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Models.Sparse.Leaves;
using Lintel.Models.Tables;

namespace Lintel.Models.Tests.Sparse;

/// <summary>What every kind that reads ids, or goes on learning, must do on rows of numbers and ids; beside <see cref="ConformanceTests"/>.</summary>
public sealed class SparseConformanceTests
{
    private static readonly TrainingRows Train = SyntheticRows.Mixed(4_000, 1);
    private static readonly TrainingRows Judge = SyntheticRows.Mixed(2_000, 2);

    private static readonly int Columns = SyntheticRows.MixedShapes.Length;

    private static readonly Dictionary<string, object> Settings = new()
    {
        ["ftrl"] = new FtrlParameters { Alpha = 0.1, ClassWeight = 2, L1 = 0.01, Bins = 16 },
        ["leaves"] = new LeavesParameters { Trees = 20, Alpha = 0.1, ClassWeight = 2 },
        ["median"] = new MedianParameters { AtLeast = 5 },
        ["dcn"] = new DcnParameters { ClassWeight = 2, Batch = 48, Epochs = 3, CrossLayers = 2, HiddenUnits = 32, LearningRate = 0.003 },
    };

    public static TheoryData<string> Kinds => [.. ModelKinds.Trainers.Where(static t => t.ReadsIds).Select(static t => t.Kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void Fitted_model_ranks_well_and_is_calibrated(string kind)
    {
        // a median of yes and no is one of the two
        if (kind == "median") { return; }
        var margins = Score(Fit(kind), Judge.Features);
        LogLoss(margins, Judge.Labels).ShouldBeLessThan(BaseLoss(Judge.Labels) - 0.05);
        margins.Average(static m => 1 / (1 + Math.Exp(-m))).ShouldBe(Judge.Labels.Average(), 0.05);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Written_and_read_scores_the_same_bits(string kind)
    {
        var trainer = Of(kind);
        var model = trainer.WithOffset(Fit(kind), -0.7);
        var bytes = Bytes(model.Write);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var read = trainer.Read(reader);
        reader.BaseStream.Position.ShouldBe(bytes.Length);
        Score(read, Judge.Features).ShouldBe(Score(model, Judge.Features));
        Bytes(read.Write).ShouldBe(bytes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Same_seed_gives_the_same_bytes_and_threads_do_not_matter(string kind)
    {
        var bytes = Bytes(Fit(kind).Write);
        Bytes(Fit(kind).Write).ShouldBe(bytes);
        Bytes(Of(kind).Fit(Settings[kind], Train, SyntheticRows.Context(threads: 2)).Write).ShouldBe(bytes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_row_and_a_batch_score_the_same_bits(string kind)
    {
        var model = Fit(kind);
        var batch = Score(model, Judge.Features);
        for (var i = 0; i < 300; i++) { Score(model, Row(i).ToArray())[0].ShouldBe(batch[i]); }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Unseen_missing_and_impossible_ids_have_a_margin(string kind)
    {
        var model = Fit(kind);
        var unseen = Score(model, [1, 39, 4_999, 3, 4])[0];
        foreach (var strange in new[] { 5_000, -1, 1e9f, -1e30f, 16_777_216, float.PositiveInfinity })
        {
            Score(model, [1, 39, strange, 3, 4])[0].ShouldBe(unseen, $"{strange} is an id never seen");
        }
        double.IsFinite(Score(model, [float.NaN, float.NaN, float.NaN, float.NaN, float.NaN])[0]).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Ids_out_of_range_are_refused_in_words_when_fitting(string kind)
    {
        foreach (var bad in new[] { -1, 5_000, 0.5f })
        {
            float[] features = [.. Train.Features];
            features[(3 * Columns) + 2] = bad;
            var rows = new TrainingRows { Features = features, FeatureCount = Columns, Labels = Train.Labels, Shapes = Train.Shapes };
            Should.Throw<FitException>(() => Of(kind).Fit(Settings[kind], rows, SyntheticRows.Context())).Message
                .ShouldContain("row 3, feature 2 is");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Contributions_and_base_sum_to_the_margin(string kind)
    {
        var model = Of(kind).WithOffset(Fit(kind), 2.5);
        var margins = Score(model, Judge.Features);
        var contributions = new double[Columns];
        for (var i = 0; i < 100; i++)
        {
            Array.Fill(contributions, 1e9);
            (model.Explain(Row(i), contributions) + contributions.Sum()).ShouldBe(margins[i], 1e-9);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Progressive_log_loss_beats_the_base_rate(string kind)
    {
        if (Online(kind, Train.Labels.Length) is not { } learner) { return; }
        var rows = SyntheticRows.Mixed(20_000, 3);
        var margins = new double[rows.Count];
        learner.Learn(rows.Features, rows.Labels, default, margins);
        LogLoss(margins.AsSpan(10_000), rows.Labels.AsSpan(10_000)).ShouldBeLessThan(BaseLoss(rows.Labels) - 0.03);
        learner.RowCount.ShouldBeGreaterThanOrEqualTo(20_000);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Learning_one_by_one_is_learning_in_a_batch_to_the_bit(string kind)
    {
        if (Online(kind, 0) is not { } one || Online(kind, 0) is not { } batch) { return; }
        var (single, together) = (new double[1_000], new double[1_000]);
        var weights = new float[1_000];
        for (var i = 0; i < 1_000; i++)
        {
            weights[i] = i % 3;
            var predicted = one.Predict(Row(i));
            single[i] = one.Learn(Row(i), Judge.Labels[i], weights[i]);
            single[i].ShouldBe(predicted);
        }
        batch.Learn(Judge.Features.AsSpan(0, 1_000 * Columns), Judge.Labels.AsSpan(0, 1_000), weights, together);
        together.ShouldBe(single);
        Bytes(batch.Write).ShouldBe(Bytes(one.Write));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Stopped_and_read_goes_on_as_if_it_had_never_stopped(string kind)
    {
        if (Online(kind, 0) is not { } steady || Online(kind, 0) is not { } stopped) { return; }
        for (var i = 0; i < 777; i++)
        {
            steady.Learn(Row(i), Judge.Labels[i]);
            stopped.Learn(Row(i), Judge.Labels[i]);
            if (i % 111 != 0) { continue; }
            using var reader = new BinaryReader(new MemoryStream(Bytes(stopped.Write)));
            stopped = ((IOnlineTrainer)Of(kind)).ReadLearner(reader);
        }
        Bytes(stopped.Write).ShouldBe(Bytes(steady.Write));
        stopped.RowCount.ShouldBe(Online(kind, 0)!.RowCount + 777);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Snapshot_scores_as_the_learner_predicts_and_does_not_change(string kind)
    {
        if (Online(kind, 0) is not { } learner) { return; }
        for (var i = 0; i < 500; i++) { learner.Learn(Row(i), Judge.Labels[i]); }
        var snapshot = learner.Snapshot();
        var margins = Score(snapshot, Judge.Features);
        for (var i = 0; i < 200; i++) { learner.Predict(Row(i)).ShouldBe(margins[i]); }
        for (var i = 500; i < 1_000; i++) { learner.Learn(Row(i), Judge.Labels[i]); }
        Score(snapshot, Judge.Features).ShouldBe(margins);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Resumed_from_a_model_it_predicts_the_same_and_leaves_the_model_as_it_is(string kind)
    {
        if (Of(kind) is not IOnlineTrainer trainer) { return; }
        var model = trainer.WithOffset(Fit(kind), 0.5);
        var margins = Score(model, Judge.Features);
        var learner = trainer.Resume(model);
        for (var i = 0; i < 100; i++) { learner.Predict(Row(i)).ShouldBe(margins[i]); }
        learner.Learn(Judge.Features, Judge.Labels, default, default);
        Score(model, Judge.Features).ShouldBe(margins);
        LogLoss(Score(learner.Snapshot(), Judge.Features), Judge.Labels).ShouldNotBe(LogLoss(margins, Judge.Labels));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Rows_of_weight_zero_leave_no_trace(string kind)
    {
        if (Online(kind, 0) is not { } learner) { return; }
        var before = Bytes(learner.Write);
        learner.Learn(Row(0), 1, 0);
        learner.Learn(Judge.Features, Judge.Labels, new float[Judge.Count], default);
        Bytes(learner.Write).ShouldBe(before);
        var weights = new float[Train.Count + Judge.Count];
        Array.Fill(weights, 1, 0, Train.Count);
        var padded = Of(kind).Fit(Settings[kind], new()
        {
            Features = [.. Train.Features, .. Judge.Features.Select(static _ => float.NaN)],
            FeatureCount = Columns,
            Labels = [.. Train.Labels, .. Judge.Labels],
            Weights = weights,
            Shapes = Train.Shapes,
        }, SyntheticRows.Context());
        LogLoss(Score(padded, Judge.Features), Judge.Labels).ShouldBe(LogLoss(Score(Fit(kind), Judge.Features), Judge.Labels), 0.03);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Labels_weights_and_lengths_out_of_range_are_refused(string kind)
    {
        if (Online(kind, 0) is not { } learner) { return; }
        var row = Row(0).ToArray();
        Should.Throw<ArgumentOutOfRangeException>(() => learner.Learn(row, 0.5f)).Message.ShouldContain("expected 0 or 1");
        Should.Throw<ArgumentOutOfRangeException>(() => learner.Learn(row, 1, -1)).Message.ShouldContain("weight -1");
        Should.Throw<ArgumentException>(() => learner.Learn(row, [1, 0], default, default));
        Should.Throw<ArgumentException>(() => learner.Predict(row.AsSpan(1)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Predicting_and_learning_allocate_nothing(string kind)
    {
        if (Online(kind, 500) is not { } learner) { return; }
        var snapshot = learner.Snapshot();
        var margins = new double[Judge.Count];
        for (var i = 0; i < 300; i++) { Once(i); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 300; i++) { Once(i); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Once(int i)
        {
            learner.Predict(Row(i));
            learner.Learn(Row(i), Judge.Labels[i]);
            snapshot.Score(Row(i), margins.AsSpan(0, 1));
            if (i % 100 == 0) { snapshot.Score(Judge.Features, margins); }
            if (snapshot is IUncertainModel uncertain) { uncertain.Variance(Row(i)); }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Variance_shrinks_with_rows_and_is_largest_for_what_was_never_seen(string kind)
    {
        if (Online(kind, 0) is not { } learner) { return; }
        Of(kind).Kind.KnowsVariance.ShouldBe(learner.Snapshot() is IUncertainModel);
        if (learner.Snapshot() is not IUncertainModel start) { return; }
        float[] row = [1, 7, 3, 5, 6], unseen = [1, 7, 4_999, 5, 6];
        var last = start.Variance(row);
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 50; i++) { learner.Learn(row, i % 2); }
            var now = (IUncertainModel)learner.Snapshot();
            now.Variance(row).ShouldBeInRange(1e-9, last);
            now.Variance(unseen).ShouldBeGreaterThan(now.Variance(row));
            last = now.Variance(row);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Memory_is_bounded_by_the_bits_whatever_ids_come(string kind)
    {
        if (Of(kind) is not IOnlineTrainer trainer) { return; }
        if (kind == "leaves")
        {
            Should.Throw<FitException>(() => trainer.Start(Settings[kind], SyntheticRows.MixedShapes, 7)).Message.ShouldContain("fit it first");
            return;
        }
        var settings = kind == "ftrl" ? (object)new FtrlParameters { Bits = 8, AtLeast = 1 } : new DcnParameters { Bits = 8, AtLeast = 1 };
        var learner = trainer.Start(settings, [FeatureShape.Id(FeatureShape.MaxIds, 0)], 1);
        for (var i = 0; i < 5_000; i++) { learner.Learn([i * 3_001], i & 1); }
        Bytes(learner.Write).Length.ShouldBeLessThan(1 << 20);
        // millions of ids, and the learner holds what it held: nothing is kept for each
        var ids = kind == "ftrl" ? 10_000_000 : 100_000;
        var before = (Bytes(learner.Write).Length, GC.GetAllocatedBytesForCurrentThread());
        var row = new float[1];
        for (var i = 0; i < ids; i++)
        {
            row[0] = i;
            _ = learner.Predict(row);
            if (i % 100 == 0) { learner.Learn(row, i & 1); }
        }
        (GC.GetAllocatedBytesForCurrentThread() - before.Item2).ShouldBeLessThan(1 << 20);
        Math.Abs(Bytes(learner.Write).Length - before.Length).ShouldBeLessThan(4_096);
        Should.Throw<FitException>(() => trainer.Start(
            kind == "ftrl" ? new FtrlParameters { Bits = 24 } : new DcnParameters { Bits = 24 },
            [.. Enumerable.Range(0, 64).Select(static s => FeatureShape.Id(FeatureShape.MaxIds, s))], 1)).Message.ShouldContain("'bits'");
    }

    private static ReadOnlySpan<float> Row(int i) => Judge.Features.AsSpan(i * Columns, Columns);

    private static ITrainer Of(string kind) => ModelKinds.Trainers.Single(t => t.Kind.Name == kind);

    private static IModel Fit(string kind) => Of(kind).Fit(Settings[kind], Train, SyntheticRows.Context());

    /// <param name="learned">Rows of the training set that it has learned.</param>
    private static IOnlineLearner? Online(string kind, int learned)
    {
        // trees are fitted on rows, so these go on from a model
        var learner = Of(kind) is not IOnlineTrainer trainer ? null
            : kind == "leaves" ? trainer.Resume(Fit(kind)) : trainer.Start(Settings[kind], SyntheticRows.MixedShapes, 7);
        learner?.Learn(Train.Features.AsSpan(0, learned * Columns), Train.Labels.AsSpan(0, learned), default, default);
        return learner;
    }

    private static double[] Score(IModel model, float[] rows)
    {
        var margins = new double[rows.Length / Columns];
        model.Score(rows, margins);
        return margins;
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { write(writer); }
        return stream.ToArray();
    }

    private static double LogLoss(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++) { sum += Math.Log(1 + Math.Exp(labels[i] == 1 ? -margins[i] : margins[i])); }
        return sum / labels.Length;
    }

    private static double BaseLoss(float[] labels)
    {
        double p = labels.Average();
        return -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));
    }
}
