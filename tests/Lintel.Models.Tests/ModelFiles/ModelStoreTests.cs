using Lintel.Design.Kinds;
using Lintel.Events.Log;
using Lintel.Models.GradientBoosting;

namespace Lintel.Models.Tests.ModelFiles;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly TrainingRows Train = SyntheticRows.Classification(600);

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-models").FullName;

    private string Path => System.IO.Path.Combine(_folder, "model");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_model_kind_comes_back()
    {
        foreach (var trainer in ModelKinds.Trainers)
        {
            var model = trainer.Fit(Activator.CreateInstance(trainer.Kind.Parameters)!, Train, SyntheticRows.Context());
            ModelStore.Write(Path, trainer.Kind.Name, model);
            var margins = (new double[Train.Count], new double[Train.Count]);
            model.Score(Train.Features, margins.Item1);
            ModelStore.ReadModel(Path, trainer.Kind.Name).Score(Train.Features, margins.Item2);
            margins.Item2.ShouldBe(margins.Item1);
        }
    }

    [Fact]
    public void Every_combiner_and_calibrator_kind_comes_back()
    {
        foreach (var trainer in ModelKinds.Combiners)
        {
            var combiner = trainer.Fit(Activator.CreateInstance(trainer.Kind.Parameters)!, [0, 1, 1], [1, 2, 3], 1,
                [ScoreScale.LogOdds], SyntheticRows.Context());
            ModelStore.Write(Path, trainer.Kind.Name, combiner);
            ModelStore.ReadCombiner(Path, trainer.Kind.Name).Score([2]).ShouldBe(combiner.Score([2]));
        }
        foreach (var trainer in ModelKinds.Calibrators)
        {
            var calibrator = trainer.Fit([1, 2, 3], [0, 1, 1]);
            ModelStore.Write(Path, trainer.Kind.Name, calibrator);
            ModelStore.ReadCalibrator(Path, trainer.Kind.Name).Probability(2.2).ShouldBe(calibrator.Probability(2.2));
        }
    }

    [Fact]
    public void Altered_or_cut_file_is_refused_by_its_seal()
    {
        Write();
        var bytes = File.ReadAllBytes(Path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Path, bytes);
        Should.Throw<InvalidDataException>(() => ModelStore.ReadModel(Path, "xgboost")).Message.ShouldContain("checksum");
        File.WriteAllBytes(Path, bytes[..^100]);
        Should.Throw<InvalidDataException>(() => ModelStore.ReadModel(Path, "xgboost")).Message.ShouldContain("checksum");
    }

    [Fact]
    public void Another_kind_is_refused_by_name()
    {
        Write();
        Should.Throw<InvalidDataException>(() => ModelStore.ReadModel(Path, "logistic")).Message
            .ShouldContain("holds 'model xgboost', expected 'model logistic'");
        Should.Throw<InvalidDataException>(() => ModelStore.ReadModel(Path, "oracle")).Message
            .ShouldContain("kind 'oracle' is not known to this program, which has xgboost, logistic");
    }

    [Fact]
    public void Sealed_payload_that_is_no_such_model_is_refused()
    {
        SealedFile.Write(Path, "model xgboost", 1, static writer => writer.Write(-5));
        var message = Should.Throw<InvalidDataException>(() => ModelStore.ReadModel(Path, "xgboost")).Message;
        message.ShouldContain("-5 features");
        message.ShouldContain("Train again");
        SealedFile.Write(Path, "calibrator platt", 1, static writer => { writer.Write(1.0); writer.Write(0.0); writer.Write("more"); });
        Should.Throw<InvalidDataException>(() => ModelStore.ReadCalibrator(Path, "platt")).Message.ShouldContain("5 bytes are left");
    }

    [Fact]
    public void Names_of_kinds_are_unique() =>
        Should.NotThrow(() => new KindRegistry(ModelKinds.Kinds));

    private void Write() =>
        ModelStore.Write(Path, "xgboost", new XGBoostTrainer().Fit(new XGBoostParameters { Trees = 5 }, Train, SyntheticRows.Context()));
}
