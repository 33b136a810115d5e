using System.Collections.Immutable;
using System.Globalization;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>A feature: one expression under a name. Braces are already expanded.</summary>
public sealed record FeatureDesign(string Name, SourceSpan At, string Text, Expression Value)
{
    /// <summary>What ids it can be; null: it is a number, a condition or an instant.</summary>
    public IdDesign? Id { get; init; }

    /// <summary>Of a feature that only training knows (<c>position: impression.position (serving 1)</c>): its value over the columns of
    /// the event that says what was shown; <see cref="Value"/> is what candidates of a request have. Null: others.</summary>
    public Expression? Shown { get; init; }

    /// <summary>It is what a range moves this quantile by, and follows from outcomes, not from an expression; null: others.</summary>
    public double? Shift { get; init; }
}

/// <summary>A model: its kind's parameters, and what it reads.</summary>
/// <param name="Kind">Registered name, e.g. <c>xgboost</c>.</param>
/// <param name="Parameters">The kind's own parameter record, checked.</param>
/// <param name="Uses">Features it reads, in feature order; empty for a model made of models.</param>
/// <param name="Of">Models it combines; empty for a model of features.</param>
/// <param name="Calibrate">Registered calibrator, e.g. <c>isotonic</c>; null: none.</param>
/// <param name="NegativeSample">Share of negatives kept when fitting, 0 to 1; 1: all.</param>
/// <param name="Tune">Settings to search over: parameter name to candidate values, each as a checked parameter record
/// in <see cref="TuneDesign.Candidates"/>; null: no search.</param>
public sealed record ModelDesign(
    string Name,
    SourceSpan At,
    string Kind,
    object Parameters,
    ImmutableArray<string> Uses,
    ImmutableArray<string> Of,
    string? Calibrate,
    double NegativeSample,
    TuneDesign? Tune,
    bool IsFinal)
{
    /// <summary>What its fit leaves to others and its score adds again; null: it learns the label itself.</summary>
    public ResidualBase? ResidualOver { get; init; }

    /// <summary>Which quantile of the label its score is; null: the entry asks for none, or this is a fit before it is put in order.</summary>
    public QuantileOf? Quantile { get; init; }

    /// <summary>Its score is an estimate, or a score of its own, not a quantile beside one and no part of one.</summary>
    public bool IsEstimate => !IsPart && (Quantile is null || Quantile.Level == 0.5);

    /// <summary>A fit that an entry of several quantiles puts in order: nobody else reads it, nothing judges it.</summary>
    public bool IsPart { get; init; }

    /// <summary>Name of the label that it learns, of a ranking's several; null: the first.</summary>
    public string? Label { get; init; }
}

/// <summary>What a model of residuals starts from: exactly one of the two is there.</summary>
/// <param name="Model">An earlier model.</param> <param name="Feature">A feature.</param>
public sealed record ResidualBase(string? Model, string? Feature);

/// <param name="Entry">The entry of the design, which the 50 % one bears as its name.</param> <param name="Level">0 to 1.</param>
public sealed record QuantileOf(string Entry, double Level)
{
    /// <summary>The level as it is written, <c>2.5%</c>.</summary>
    public string Text => LevelText(Level);

    /// <summary>A share as it is written, <c>2.5%</c>.</summary>
    public static string LevelText(double level) => string.Create(CultureInfo.InvariantCulture, $"{(decimal)level * 100:0.####}%");
}

/// <param name="Metric">Judges the candidates on the validation days.</param>
/// <param name="Candidates">Every combination, as the kind's parameter record.</param>
/// <param name="Labels">What each candidate sets, e.g. <c>trees 300, depth 4</c>.</param>
public sealed record TuneDesign(
    SourceSpan At, string Metric, ImmutableArray<object> Candidates, ImmutableArray<string> Labels);
