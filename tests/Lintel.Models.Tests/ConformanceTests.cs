using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Models.GradientBoosting;
using Lintel.Models.Linear;
using Lintel.Models.Novelty;
using Lintel.Models.Sparse.CrossNetwork;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Models.Sparse.Leaves;
using Lintel.Models.Tables;

namespace Lintel.Models.Tests;

/// <summary>What every model kind must do; a new kind is judged as soon as it stands in <see cref="ModelKinds"/>.</summary>
public sealed class ConformanceTests
{
    private const int Columns = SyntheticRows.Features;

    private static readonly TrainingRows Train = SyntheticRows.Classification(2_500, 1, groupSize: 25);
    private static readonly TrainingRows Judge = SyntheticRows.Classification(1_000, 2);
    private static readonly TrainingRows Strange = SyntheticRows.WithStrange(1_000, 2);

    // settings under which every mechanism of a kind is at work
    private static readonly Dictionary<string, object> Settings = new()
    {
        ["xgboost"] = new XGBoostParameters { Trees = 25, Depth = 5, ClassWeight = 4, EarlyStop = 5 },
        ["xgboost focal"] = new XGBoostParameters { Trees = 25, Depth = 5, ClassWeight = 4, Objective = "focal", Focus = 1, EarlyStop = 5 },
        ["xgboost lambdarank"] = new XGBoostParameters { Trees = 25, Depth = 5, Objective = "lambdarank", EarlyStop = 5 },
        ["xgboost pairwise"] = new XGBoostParameters { Trees = 25, Depth = 5, Objective = "pairwise", EarlyStop = 5 },
        ["logistic"] = new LogisticParameters { ClassWeight = 4 },
        ["ftrl"] = new FtrlParameters { ClassWeight = 4, Epochs = 5, L1 = 0.1, L2 = 1, Bins = 8 },
        ["leaves"] = new LeavesParameters { ClassWeight = 4, Trees = 25, Depth = 5, Epochs = 3, L1 = 0.01 },
        ["dcn"] = new DcnParameters { ClassWeight = 4, Epochs = 20, Batch = 32, CrossLayers = 2, HiddenUnits = 32 },
        ["isolation-forest"] = new IsolationForestParameters { Trees = 60, Sample = 128 },
        ["pca"] = new PcaParameters { Variance = 0.8 },
        ["median"] = new MedianParameters { AtLeast = 20 },
        ["xgboost squared"] = new XGBoostParameters { Trees = 25, Depth = 5, Objective = "squared", EarlyStop = 5 },
        ["xgboost absolute"] = new XGBoostParameters { Trees = 25, Depth = 5, Objective = "absolute", EarlyStop = 5 },
        ["xgboost huber"] = new XGBoostParameters { Trees = 25, Depth = 5, Objective = "huber", EarlyStop = 5 },
        ["xgboost quantile"] = new XGBoostParameters { Trees = 25, Depth = 5, Objective = "quantile", Level = 0.8, EarlyStop = 5 },
    };

    // a kind, or one with an objective that asks other things of its rows
    public static TheoryData<string> Kinds =>
        [.. ModelKinds.Trainers.Select(static t => t.Kind.Name).Union(Settings.Keys)];

    [Theory, MemberData(nameof(Kinds))]
    public void Kind_names_its_parameters_with_defaults(string kind)
    {
        var (trainer, _) = Of(kind);
        Activator.CreateInstance(trainer.Kind.Parameters).ShouldNotBeNull();
        foreach (var property in trainer.Kind.Parameters.GetProperties())
        {
            // set for each of an entry's quantiles, not written
            if (property.Name == nameof(XGBoostParameters.Level)) { continue; }
            property.GetCustomAttributes(typeof(Lintel.Design.Kinds.ParameterAttribute), false).ShouldNotBeEmpty(property.Name);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Fitted_model_ranks_better_than_chance(string kind)
    {
        var model = Fit(kind);
        // a novelty measure knows no labels: it has to rank strange rows above usual ones
        var judge = model.Scale == ScoreScale.Novelty ? Strange : LearnsValues(kind) ? JudgedValues : Judge;
        var margins = Score(model, judge.Features);
        margins.ShouldAllBe(m => double.IsFinite(m));
        var middle = LearnsValues(kind) ? judge.Labels.Average() : 0.5f;
        Auc(margins, Array.ConvertAll(judge.Labels, y => y > middle ? 1f : 0)).ShouldBeGreaterThan(0.6);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Margin_of_log_odds_is_calibrated_though_positives_weighed_four_times(string kind)
    {
        var model = Fit(kind);
        if (model.Scale != ScoreScale.LogOdds) { return; }
        var expected = Score(model, JudgeOf(kind).Features).Average(m => 1 / (1 + Math.Exp(-m)));
        // left in, the weight would lift the mean of 0.38 to about 0.6
        expected.ShouldBe(Judge.Labels.Average(), 0.06);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Written_and_read_scores_the_same_bits(string kind)
    {
        var (trainer, _) = Of(kind);
        var model = trainer.WithOffset(Fit(kind), -0.7);
        var bytes = Bytes(model);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var read = trainer.Read(reader);
        reader.BaseStream.Position.ShouldBe(bytes.Length);
        read.FeatureCount.ShouldBe(model.FeatureCount);
        read.Scale.ShouldBe(model.Scale);
        Score(read, JudgeOf(kind).Features).ShouldBe(Score(model, JudgeOf(kind).Features));
        Bytes(read).ShouldBe(bytes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_row_and_a_batch_score_the_same_bits(string kind)
    {
        var model = Fit(kind);
        var batch = Score(model, JudgeOf(kind).Features);
        foreach (var size in new[] { 1, 2, 7, 63, 65, 129 })
        {
            var pieces = new double[Judge.Count];
            for (var first = 0; first < Judge.Count; first += size)
            {
                var count = Math.Min(size, Judge.Count - first);
                model.Score(JudgeOf(kind).Features.AsSpan(first * Columns, count * Columns), pieces.AsSpan(first, count));
            }
            pieces.ShouldBe(batch, $"in pieces of {size}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Same_seed_gives_the_same_bytes_and_threads_do_not_matter(string kind)
    {
        var bytes = Bytes(Fit(kind));
        Bytes(Fit(kind)).ShouldBe(bytes);
        Bytes(Fit(kind, threads: 2)).ShouldBe(bytes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Row_without_any_value_has_a_margin(string kind)
    {
        var row = new float[Columns];
        Array.Fill(row, float.NaN);
        double.IsFinite(Score(Fit(kind), row)[0]).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Contributions_and_base_sum_to_the_margin(string kind)
    {
        var (trainer, _) = Of(kind);
        foreach (var model in new[] { Fit(kind), trainer.WithOffset(Fit(kind), 2.5) })
        {
            var margins = Score(model, JudgeOf(kind).Features);
            var contributions = new double[Columns];
            for (var i = 0; i < 200; i++)
            {
                Array.Fill(contributions, 1e9);
                var start = model.Explain(JudgeOf(kind).Features.AsSpan(i * Columns, Columns), contributions);
                (start + contributions.Sum()).ShouldBe(margins[i], 1e-9);
                contributions.ShouldContain(c => c != 0);
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Offset_adds_to_the_margin_and_nothing_else(string kind)
    {
        var (trainer, _) = Of(kind);
        var model = Fit(kind);
        var shifted = Score(trainer.WithOffset(model, -1.25), JudgeOf(kind).Features);
        var margins = Score(model, JudgeOf(kind).Features);
        for (var i = 0; i < margins.Length; i++) { (shifted[i] - margins[i]).ShouldBe(-1.25, 1e-12); }
        Score(trainer.WithOffset(model, 0), JudgeOf(kind).Features).ShouldBe(margins);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Weights_of_two_count_as_rows_given_twice(string kind)
    {
        var (trainer, settings) = Of(kind);
        // a learner that goes row by row has moved on when a row comes again; see SparseConformanceTests
        if (trainer is IOnlineTrainer) { return; }
        // no row sampling: it draws rows, not weights
        if (settings is XGBoostParameters boosting) { settings = boosting with { Rows = 1, Columns = 1 }; }
        var train = TrainOf(kind);
        var weights = new float[train.Count];
        Array.Fill(weights, 2);
        // rows of weight two are still as many rows
        if (settings is MedianParameters) { return; }
        var weighted = trainer.Fit(settings, With(train, weights: weights), SyntheticRows.Context());
        var twice = trainer.Fit(settings, new()
        {
            Features = [.. train.Features, .. train.Features],
            FeatureCount = Columns,
            Labels = [.. train.Labels, .. train.Labels],
            Groups = [.. train.Groups!, .. train.Groups!],
        }, SyntheticRows.Context());
        var (a, b) = (Score(weighted, JudgeOf(kind).Features), Score(twice, JudgeOf(kind).Features));
        a.Zip(b, static (x, y) => Math.Abs(x - y)).Average().ShouldBeLessThan(0.05);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Unfit_rows_are_refused_in_words(string kind)
    {
        FitFault(kind, new() { Features = [], FeatureCount = Columns, Labels = [] }).ShouldContain("no row");
        FitFault(kind, new() { Features = [], FeatureCount = 0, Labels = [1, 0] }).ShouldContain("no feature");
        float[] infinite = [.. Train.Features];
        infinite[(3 * Columns) + 2] = float.PositiveInfinity;
        FitFault(kind, With(Train, features: infinite)).ShouldContain("row 3, feature 2");
        var weights = new float[Train.Count];
        weights[7] = -1;
        FitFault(kind, With(Train, weights: weights)).ShouldContain("row 7 has weight");
        FitFault(kind, With(Train, weights: new float[3])).ShouldContain("3 weights");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Ids_are_refused_in_words_by_kinds_that_read_numbers(string kind)
    {
        if (Of(kind).Trainer.ReadsIds) { return; }
        var shapes = new FeatureShape[Columns];
        shapes[4] = FeatureShape.Id(10, 0);
        FitFault(kind, With(Train, shapes: shapes)).ShouldContain("feature 4 is an id");
        FitFault(kind, With(Train, shapes: new FeatureShape[3])).ShouldContain($"3 shapes for {Columns} features");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Labels_that_say_nothing_are_refused_by_kinds_that_read_them(string kind)
    {
        var one = new TrainingRows { Features = new float[Columns], FeatureCount = Columns, Labels = [1] };
        float[] unlabelled = [.. Train.Labels];
        unlabelled[5] = float.NaN;
        if (Fit(kind).Scale == ScoreScale.Novelty)
        {
            FitFault(kind, one).ShouldContain("rows with weight: 1");
            FitFault(kind, With(Train, weights: new float[Train.Count])).ShouldContain("rows with weight: 0");
            var (trainer, settings) = Of(kind);
            Bytes(trainer.Fit(settings, With(Train, labels: unlabelled), SyntheticRows.Context())).ShouldBe(Bytes(Fit(kind)));
            return;
        }
        if (LearnsValues(kind))
        {
            FitFault(kind, With(Train, labels: unlabelled)).ShouldContain("row 5 has label");
            // one row, or one value, is a constant
            var (trainer, settings) = Of(kind);
            Score(trainer.Fit(settings, one, SyntheticRows.Context()), new float[Columns])[0].ShouldBe(1, 0.6);
            return;
        }
        if (Of(kind) is var (ranker, ranking) && ranker.Ranks(ranking))
        {
            GroupFaults(kind, one, unlabelled);
            return;
        }
        FitFault(kind, one).ShouldContain("1 positive and 0 negative rows");
        FitFault(kind, With(Train, labels: new float[Train.Count])).ShouldContain("0 positive");
        FitFault(kind, With(Train, labels: unlabelled)).ShouldContain("row 5 has label");
        unlabelled[5] = 0.5f;
        FitFault(kind, With(Train, labels: unlabelled)).ShouldContain("expected 0 or 1");
    }

    /// <summary>A loss that compares the rows of a group learns nothing from groups of one row, or of one label.</summary>
    private static void GroupFaults(string kind, TrainingRows one, float[] unlabelled)
    {
        FitFault(kind, one).ShouldContain("no groups");
        FitFault(kind, With(Train, groups: [2_499])).ShouldContain("groups of 2,499 rows together, but there are 2,500");
        FitFault(kind, With(Train, groups: [2_500, 0])).ShouldContain("group 1 has 0 rows");
        var singles = new int[Train.Count];
        Array.Fill(singles, 1);
        FitFault(kind, With(Train, groups: singles)).ShouldContain("2,500 groups all rows have one label");
        FitFault(kind, With(Train, labels: new float[Train.Count])).ShouldContain("all rows have one label");
        FitFault(kind, With(Train, labels: unlabelled)).ShouldContain("row 5 has label");
        foreach (var bad in new[] { 0.5f, 32, -1 })
        {
            unlabelled[5] = bad;
            FitFault(kind, With(Train, labels: unlabelled)).ShouldContain("expected a whole number of 0 to 31");
        }
        var (trainer, settings) = Of(kind);
        var mixed = trainer.Fit(settings, With(Train, groups: [2_450, .. singles[..50]]), SyntheticRows.Context());
        mixed.Scale.ShouldBe(ScoreScale.Value, "a rank score is no probability");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Rows_of_another_width_are_refused_when_scoring(string kind)
    {
        var model = Fit(kind);
        Should.Throw<ArgumentException>(() => model.Score(new float[Columns + 1], new double[1])).Message.ShouldContain($"{Columns} features");
        Should.Throw<ArgumentException>(() => model.Explain(new float[Columns], new double[Columns - 1])).Message.ShouldContain($"{Columns} features");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Cancelled_fit_stops(string kind)
    {
        var (trainer, settings) = Of(kind);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => trainer.Fit(settings, TrainOf(kind), new(1, 1, null, source.Token)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Progress_rises_to_one(string kind)
    {
        var (trainer, settings) = Of(kind);
        var seen = new Recorder();
        trainer.Fit(settings, TrainOf(kind), new(1, 1, seen, CancellationToken.None));
        seen.Shares.ShouldBe(seen.Shares.Order());
        seen.Shares[^1].ShouldBe(1);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Stages_if_any_are_as_many_as_asked_and_have_a_patience(string kind)
    {
        var (trainer, settings) = Of(kind);
        var stages = trainer.FitStages(settings, TrainOf(kind), JudgeOf(kind).Features, SyntheticRows.Context());
        (trainer.Patience(settings) is not null).ShouldBe(stages is not null);
        if (stages is null) { return; }
        stages.ShouldAllBe(s => s.Length == Judge.Count);
        trainer.FitStages(trainer.WithStages(settings, 3), TrainOf(kind), JudgeOf(kind).Features, SyntheticRows.Context())!.Count.ShouldBe(3);
        trainer.FitStages(settings, TrainOf(kind), [], SyntheticRows.Context())!.ShouldAllBe(s => s.Length == 0);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Altered_payload_is_refused_or_read_but_never_crashes(string kind)
    {
        var (trainer, _) = Of(kind);
        var bytes = Bytes(Fit(kind));
        var refused = 0;
        // the head byte by byte, the rest in steps: lengths, indices and numbers all meet every kind of damage
        for (var at = 0; at < bytes.Length; at += at < 64 ? 1 : 101)
        {
            foreach (var value in new byte[] { 0x00, 0x7F, 0x80, 0xFF })
            {
                byte[] damaged = [.. bytes];
                damaged[at] = value;
                try
                {
                    using var reader = new BinaryReader(new MemoryStream(damaged));
                    var model = trainer.Read(reader);
                    model.Score(new float[model.FeatureCount], new double[1]);
                }
                catch (Exception e) when (e is InvalidDataException or EndOfStreamException) { refused++; }
            }
            using var cut = new BinaryReader(new MemoryStream(bytes[..at]));
            var fault = Should.Throw<Exception>(() => trainer.Read(cut));
            (fault is InvalidDataException or EndOfStreamException).ShouldBeTrue($"cut at {at}: {fault}");
        }
        refused.ShouldBeGreaterThan(10);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Scoring_a_row_allocates_nothing(string kind)
    {
        var model = Fit(kind);
        var judged = JudgeOf(kind).Features;
        var row = judged.AsSpan(0, Columns);
        var margin = new double[1];
        var batch = new double[Judge.Count];
        for (var i = 0; i < 100; i++)
        {
            model.Score(row, margin);
            model.Score(judged, batch);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { model.Score(row, margin); }
        model.Score(judged, batch);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static readonly TrainingRows TrainValues = SyntheticRows.Values(2_500, 1, groupSize: 25);
    private static readonly TrainingRows JudgedValues = SyntheticRows.Values(1_000, 2);

    private static bool LearnsValues(string kind) => Of(kind) is var (trainer, settings)
        && (settings is XGBoostParameters { Objective: "squared" or "absolute" or "huber" or "quantile" } || trainer.Kind.For == DecisionUse.Regression);

    private static TrainingRows JudgeOf(string kind) => LearnsValues(kind) ? JudgedValues : Judge;

    private static TrainingRows TrainOf(string kind) => LearnsValues(kind) ? TrainValues : Train;

    private static (ITrainer Trainer, object Settings) Of(string kind)
    {
        var trainer = ModelKinds.Trainers.Single(t => t.Kind.Name == kind.Split(' ')[0]);
        return (trainer, Settings.TryGetValue(kind, out var settings) ? settings : Activator.CreateInstance(trainer.Kind.Parameters)!);
    }

    private static IModel Fit(string kind, int threads = 1)
    {
        var (trainer, settings) = Of(kind);
        return trainer.Fit(settings, TrainOf(kind), SyntheticRows.Context(threads: threads));
    }

    private static string FitFault(string kind, TrainingRows rows)
    {
        var (trainer, settings) = Of(kind);
        var message = Should.Throw<FitException>(() => trainer.Fit(settings, rows, SyntheticRows.Context())).Message;
        message.ShouldStartWith(trainer.Kind.Name + ": ");
        return message;
    }

    private static TrainingRows With(
        TrainingRows rows, float[]? features = null, float[]? labels = null, float[]? weights = null, int[]? groups = null,
        FeatureShape[]? shapes = null) => new()
        {
            Shapes = shapes,
            Features = features ?? rows.Features,
            FeatureCount = rows.FeatureCount,
            Labels = labels ?? rows.Labels,
            Weights = weights,
            Groups = groups ?? rows.Groups,
        };

    private static double[] Score(IModel model, float[] rows)
    {
        var margins = new double[rows.Length / model.FeatureCount];
        model.Score(rows, margins);
        return margins;
    }

    private static byte[] Bytes(IModel model)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { model.Write(writer); }
        return stream.ToArray();
    }

    /// <summary>Share of pairs in order, ties a half.</summary>
    private static double Auc(double[] margins, float[] labels)
    {
        double won = 0, pairs = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < labels.Length && labels[i] == 1; j++)
            {
                if (labels[j] == 1) { continue; }
                pairs++;
                won += margins[i] > margins[j] ? 1 : margins[i] == margins[j] ? 0.5 : 0;
            }
        }
        return won / pairs;
    }

    private sealed class Recorder : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public void Report(double value) => Shares.Add(value);
    }
}
