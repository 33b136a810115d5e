using Lintel.Models.GradientBoosting;

namespace Lintel.Models.Tests.GradientBoosting;

public sealed class FocalLossTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3.5)]
    public void Derivatives_are_those_of_the_loss(double gamma)
    {
        for (var margin = -6.0; margin <= 6; margin += 0.37)
        {
            const double H = 1e-4;
            var (below, at, above) = (Loss(margin - H), Loss(margin), Loss(margin + H));
            var (gradient, hessian) = FocalLoss.At(margin, gamma);
            gradient.ShouldBe((above - below) / (2 * H), 1e-6);
            var u = 1 / (1 + Math.Exp(-margin));
            hessian.ShouldBe(Math.Max((above - (2 * at) + below) / (H * H), 1e-3 * u * (1 - u)), 1e-5);
        }

        double Loss(double margin)
        {
            var u = 1 / (1 + Math.Exp(-margin));
            return -Math.Pow(1 - u, gamma) * Math.Log(u);
        }
    }

    [Fact]
    public void Far_margins_have_finite_derivatives()
    {
        foreach (var margin in new[] { -800.0, -60, 60, 800 })
        {
            var (gradient, hessian) = FocalLoss.At(margin, 2);
            double.IsFinite(gradient).ShouldBeTrue();
            hessian.ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void Focus_of_zero_fits_the_logistic_loss()
    {
        var rows = SyntheticRows.Classification(2_000, 5);
        var settings = new XGBoostParameters { Trees = 20, Rows = 1, Columns = 1, ClassWeight = 3 };
        var (logistic, focal) = (new double[rows.Count], new double[rows.Count]);
        new XGBoostTrainer().Fit(settings, rows, SyntheticRows.Context()).Score(rows.Features, logistic);
        new XGBoostTrainer().Fit(settings with { Objective = XGBoostParameters.Focal, Focus = 0 }, rows, SyntheticRows.Context())
            .Score(rows.Features, focal);
        logistic.Zip(focal, static (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(0.01);
    }
}
