using Lintel.Design.Kinds;
using Lintel.Models.GradientBoosting;

namespace Lintel.Models;

/// <summary>Every model kind, in one place: a new one is a file in its family's folder and a line here.</summary>
public static class ModelKinds
{
    public static IReadOnlyList<ITrainer> Trainers { get; } = [new XGBoostTrainer()];

    public static IReadOnlyList<ICombinerTrainer> Combiners { get; } = [];

    public static IReadOnlyList<ICalibratorTrainer> Calibrators { get; } = [];

    public static IEnumerable<Kind> Kinds =>
        [.. Trainers.Select(static t => t.Kind), .. Combiners.Select(static t => t.Kind), .. Calibrators.Select(static t => t.Kind)];
}
