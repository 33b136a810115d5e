using Lintel.Design.Kinds;
using Lintel.Models.Calibration;
using Lintel.Models.Conformal;
using Lintel.Models.GradientBoosting;
using Lintel.Models.Linear;
using Lintel.Models.Novelty;
using Lintel.Models.Sparse.CrossNetwork;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Models.Sparse.Leaves;
using Lintel.Models.Stacking;
using Lintel.Models.Tables;

namespace Lintel.Models;

/// <summary>Every model kind, in one place: a new one is a file in its family's folder and a line here.</summary>
public static class ModelKinds
{
    public static IReadOnlyList<ITrainer> Trainers { get; } =
    [
        new XGBoostTrainer(), new LogisticTrainer(), new FtrlTrainer(), new LeavesTrainer(), new DcnTrainer(),
        new IsolationForestTrainer(), new PcaTrainer(), new MedianTrainer(),
    ];

    public static IReadOnlyList<ICombinerTrainer> Combiners { get; } =
        [new StackTrainer(), new AverageTrainer(), new OrderedTrainer()];

    public static IReadOnlyList<ICalibratorTrainer> Calibrators { get; } = [new IsotonicTrainer(), new PlattTrainer()];

    public static IEnumerable<Kind> Kinds =>
        [.. Trainers.Select(static t => t.Kind), .. Combiners.Select(static t => t.Kind), ConformalKind.Kind, .. Calibrators.Select(static t => t.Kind)];
}
