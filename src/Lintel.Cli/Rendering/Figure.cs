using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Rendering;

/// <summary>How numbers, verdicts and headings look, everywhere alike.</summary>
internal static class Figure
{
    public const string Nothing = "–";

    /// <summary>Three significant decimals for small figures, none for large ones; missing is a dash.</summary>
    public static string Show(double? value) => value switch
    {
        null or double.NaN => Nothing,
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        var v when Math.Abs(v.Value) < 1e15 && v.Value == Math.Floor(v.Value) => v.Value.ToString("N0"),
        var v when Math.Abs(v.Value) >= 1_000 => v.Value.ToString("N0"),
        var v when Math.Abs(v.Value) >= 100 => v.Value.ToString("0.0"),
        var v when Math.Abs(v.Value) >= 10 => v.Value.ToString("0.00"),
        var v when Math.Abs(v.Value) >= 0.001 => v.Value.ToString("0.000"),
        var v => v.Value.ToString("0.0e0"),
    };

    /// <summary>Four decimals: where models are compared, a tenth of a per cent counts.</summary>
    public static string Precise(double? value) => value is null or double.NaN ? Nothing : value.Value.ToString("0.0000");

    public static string Interval(double?[]? interval) =>
        interval is [var low, var high] && (low is not null || high is not null) ? $"{Show(low)} … {Show(high)}" : Nothing;

    public static string Share(double? share) => share is null or double.NaN ? Nothing : $"{100 * share.Value:0.00} %";

    /// <summary>A share with one decimal: where it is known to a point or so.</summary>
    public static string Percent(double? share) => share is null or double.NaN ? Nothing : $"{100 * share.Value:0.0} %";

    /// <summary>A share that was asked for: 80 %, 2.5 %.</summary>
    public static string Level(double level) => $"{100 * level:0.##} %";

    public static string Percents(double?[]? interval) =>
        interval is [{ } low, { } high] ? $"{100 * low:0.0} … {100 * high:0.0} %" : Nothing;

    /// <summary>Mark and colour of a verdict; the mark alone says it where there is no colour.</summary>
    public static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "[green]✔[/]",
        Verdict.Broken => "[red]✘[/]",
        Verdict.Undecided => "[yellow]?[/]",
        _ => "[grey]·[/]",
    };

    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "[green]holds[/]",
        Verdict.Broken => "[red]broken[/]",
        Verdict.Undecided => "[yellow]undecided[/]",
        _ => "[grey]not measured[/]",
    };
}
