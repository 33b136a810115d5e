namespace Lintel.Cli.Doctor;

internal enum Health
{
    Good,
    /// <summary>Works without it, though something is lost.</summary>
    Optional,
    /// <summary>Something that lintel must have is not there.</summary>
    Missing,
}

/// <param name="What">e.g. <c>XGBoost</c>.</param> <param name="Found">What is there, or what is not.</param>
/// <param name="Fix">What brings it; empty when nothing is to be done.</param>
internal sealed record CheckResult(string What, Health Health, string Found, string Fix = "");
