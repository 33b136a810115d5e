using Lintel.Design;
using Lintel.Events;
using Lintel.Models.Texts;

namespace Lintel.Models.Tests.Texts;

public sealed class TextModelTests
{
    private static readonly TrainingRows Train = SyntheticPosts.Rows(3_000, 1);
    private static readonly TrainingRows Judge = SyntheticPosts.Rows(2_000, 2);
    private static readonly TextParameters Settings = new() { ClassWeight = 4, Bits = 16 };
    private static readonly TextTrainer Trainer = new();

    [Theory]
    [InlineData(1, 0.03), InlineData(4, 0.08)]   // a penalty shrinks what the weight lifts, so it is undone but for that
    public void Fitted_model_ranks_well_and_is_calibrated(double classWeight, double tolerance)
    {
        var margins = Score(Trainer.Fit(Settings with { ClassWeight = classWeight }, Train, SyntheticRows.Context()), Judge);
        LogLoss(margins, Judge.Labels).ShouldBeLessThan(LogLoss([.. margins.Select(_ => 0.0)], Judge.Labels) - 0.1);
        // left in, the weight would lift the mean of 0.4 to 0.6 and more
        margins.Average(static m => 1 / (1 + Math.Exp(-m))).ShouldBe(Judge.Labels.Average(), tolerance);
    }

    [Fact]
    public void What_is_hidden_scores_as_what_is_not()
    {
        var model = Fit(SyntheticPosts.Of(["you stupid idiot", "what a lovely day", "stupid people", "lovely people"], [1, 0, 1, 0]));
        var margins = Score(model, SyntheticPosts.Of(["stupid lovely", "s t u p i d lovely", "5tup1d lovely", "ѕtυріd lovely", "st\u200Bupid lovely", "lovely"], new float[6]));
        for (var i = 1; i < 5; i++) { margins[i].ShouldBe(margins[0]); }
        margins[0].ShouldBeGreaterThan(margins[5]);
    }

    [Fact]
    public void Written_and_read_scores_the_same_bits_once_it_knows_its_texts()
    {
        var model = Trainer.WithOffset(Fit(Train), -0.7);
        var bytes = Bytes(model);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var read = (ITextReader)Trainer.Read(reader);
        reader.BaseStream.Position.ShouldBe(bytes.Length);
        Bytes(read).ShouldBe(bytes);
        Should.Throw<InvalidOperationException>(() => Score(read, Judge)).Message.ShouldContain("Reading");
        Score(read.Reading(Judge.Texts!), Judge).ShouldBe(Score(model, Judge));
    }

    [Fact]
    public void Same_seed_gives_the_same_bytes_and_another_nearly_the_same_margins()
    {
        var model = Fit(Train);
        Bytes(Fit(Train)).ShouldBe(Bytes(model));
        var (one, other) = (Score(model, Judge), Score(Trainer.Fit(Settings, Train, SyntheticRows.Context(seed: 99, threads: 2)), Judge));
        for (var i = 0; i < one.Length; i++) { other[i].ShouldBe(one[i], 0.02); }
    }

    [Fact]
    public void One_row_and_a_batch_score_the_same_bits_on_any_thread()
    {
        var model = ((ITextReader)Fit(Train)).Reading(Judge.Texts!);
        var batch = Score(model, Judge);
        Parallel.For(0, Judge.Count, i =>
        {
            var margin = new double[1];
            model.Score(Judge.Features.AsSpan(i, 1), margin);
            margin[0].ShouldBe(batch[i]);
        });
    }

    [Fact]
    public void Contributions_and_base_sum_to_the_margin_and_columns_are_told_apart()
    {
        var two = SyntheticPosts.Rows(2_000, 3, columns: 2);
        var model = Trainer.WithOffset(Fit(two), 2.5);
        var margins = Score(model, two);
        var contributions = new double[2];
        var sizes = new double[2];
        for (var i = 0; i < two.Count; i++)
        {
            (model.Explain(two.Features.AsSpan(2 * i, 2), contributions) + contributions.Sum()).ShouldBe(margins[i], 1e-9);
            for (var c = 0; c < 2; c++) { sizes[c] += contributions[c] * contributions[c]; }
        }
        sizes[0].ShouldBeGreaterThan(2 * sizes[1], "the second column is noise");
    }

    [Fact]
    public void Words_bear_what_they_say()
    {
        var model = (TextModel)Fit(SyntheticPosts.Of(["you stupid idiot", "what a lovely day", "stupid people", "lovely people"], [1, 0, 1, 0]));
        var effects = model.Effects("A ｓｔｕｐｉｄ, lovely thing");
        effects.Select(static e => e.Word).ShouldBe(["a", "stupid", "lovely", "thing"]);
        effects[1].Effect.ShouldBeGreaterThan(0);
        effects[2].Effect.ShouldBeLessThan(0);
    }

    [Fact]
    public void Missing_and_unknown_texts_add_nothing()
    {
        var model = Fit(Train);
        var margins = new double[4];
        model.Score([float.NaN, -1, 1e9f, float.PositiveInfinity], margins);
        var start = model.Explain([float.NaN], new double[1]);
        margins.ShouldAllBe(m => m == start);
    }

    [Fact]
    public void Rows_of_weight_zero_leave_no_trace()
    {
        string[] texts = ["good day", "bad day", "good one", "bad one", "what now"];
        var padded = SyntheticPosts.Of(texts, [1, 0, 1, 0, 1], weights: [1, 1, 2, 1, 0]);
        var plain = SyntheticPosts.Of(texts[..4], [1, 0, 1, 0], weights: [1, 1, 2, 1]);
        Bytes(Fit(padded)).ShouldBe(Bytes(Fit(plain)));
    }

    [Fact]
    public void Rows_that_hold_no_texts_are_refused_in_words()
    {
        var numbers = SyntheticRows.Classification(100);
        Should.Throw<FitException>(() => Fit(numbers)).Message.ShouldContain("have no texts");
        var mixed = new TrainingRows { Features = Train.Features, FeatureCount = 1, Labels = Train.Labels, Texts = Train.Texts, Shapes = [FeatureShape.Number] };
        Should.Throw<FitException>(() => Fit(mixed)).Message.ShouldContain("feature 0 is a number");
        Should.Throw<FitException>(() => Trainer.Fit(new TextParameters { Words = 0, CharactersTo = 0 }, Train, SyntheticRows.Context())).Message.ShouldContain("neither");
        Should.Throw<FitException>(() => Fit(SyntheticPosts.Of(["a", "b"], [1, 1]))).Message.ShouldContain("needs both");
    }

    [Fact]
    public void A_damaged_file_is_refused_in_words()
    {
        var bytes = Bytes(Fit(Train));
        Damaged(3 * sizeof(int), 60).ShouldContain("ids of 60 bits, expected 8 to 24");
        Damaged(4 * sizeof(int), 1 << 20).ShouldContain("columns");
        Damaged(7 * sizeof(int) + 1, -1).ShouldContain("not finite");
        using var cut = new BinaryReader(new MemoryStream(bytes, 0, bytes.Length / 2));
        Should.Throw<Exception>(() => Trainer.Read(cut)).ShouldBeAssignableTo<IOException>();

        string Damaged(int at, int value)
        {
            byte[] damaged = [.. bytes];
            BitConverter.TryWriteBytes(damaged.AsSpan(at), value);
            using var reader = new BinaryReader(new MemoryStream(damaged));
            return Should.Throw<InvalidDataException>(() => Trainer.Read(reader)).Message;
        }
    }

    [Fact]
    public void Scoring_allocates_nothing()
    {
        var model = Fit(Train);
        var margins = new double[Train.Count];
        model.Score(Train.Features, margins);
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.Score(Train.Features, margins);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Texts_of_a_dictionary_are_read_by_their_codes()
    {
        var dictionary = new CodeDictionary("texts");
        _ = dictionary.Add("other");
        var code = dictionary.Add("a stupid text");
        var texts = new DictionaryTexts(dictionary);
        texts.TryText(code, out var text).ShouldBeTrue();
        text.ToString().ShouldBe("a stupid text");
        texts.TryText(2, out _).ShouldBeFalse();
        texts.TryText(float.NaN, out _).ShouldBeFalse();
    }

    private static IModel Fit(TrainingRows rows) => Trainer.Fit(Settings, rows, SyntheticRows.Context());

    private static double[] Score(IModel model, TrainingRows rows)
    {
        var margins = new double[rows.Count];
        // as a file's model refuses, so must this one: only what has its own texts is told of others
        (model is TextModel { IsBound: true } bound ? bound.Reading(rows.Texts!) : model).Score(rows.Features, margins);
        return margins;
    }

    private static byte[] Bytes(IModel model)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { model.Write(writer); }
        return stream.ToArray();
    }

    private static double LogLoss(double[] margins, float[] labels)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++) { sum += Math.Log(1 + Math.Exp(labels[i] == 1 ? -margins[i] : margins[i])); }
        return sum / labels.Length;
    }
}
