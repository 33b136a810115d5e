using System.Reflection;
using Lintel.Design.Kinds;
using Lintel.Models.GradientBoosting;
using Lintel.Models.Linear;
using Lintel.Models.Sparse.CrossNetwork;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Models.Sparse.Leaves;

namespace Lintel.Training.Online;

/// <summary>What a kind's own parameters offer against rare positives.</summary>
internal static class ClassBalance
{
    /// <summary>Name of the loss that looks away from easy rows (Lin et al., ICCV 2017).</summary>
    private const string Focal = "focal";

    /// <summary>The same parameters with a weight of positives; null: the kind has none.</summary>
    public static object? Weighted(object parameters, double weight) => parameters switch
    {
        FtrlParameters p => p with { ClassWeight = weight },
        LogisticParameters p => p with { ClassWeight = weight },
        XGBoostParameters p => p with { ClassWeight = weight },
        DcnParameters p => p with { ClassWeight = weight },
        LeavesParameters p => p with { ClassWeight = weight },
        _ => null,
    };

    /// <summary>The same parameters with a focal loss; null: the kind has none.</summary>
    public static object? WithFocalLoss(object parameters) => parameters is XGBoostParameters boosting
        && typeof(XGBoostParameters).GetProperty(nameof(XGBoostParameters.Objective))!.GetCustomAttribute<ParameterAttribute>()!.OneOf.Contains(Focal)
            ? boosting with { Objective = Focal }
            : null;
}
