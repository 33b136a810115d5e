using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>A place that is none makes a feature missing, and nobody is told why.</summary>
internal sealed class PlacesOffTheEarth : IReviewRule
{
    private static readonly HashSet<string> OfPlaces = new(StringComparer.Ordinal) { "distance", "bearing", "cell" };

    public RuleCard Card { get; } = new(
        "LT0459", "Places that are not on the earth", Severity.Warning, EvidenceKind.Records,
        "Are latitude and longitude in degrees, in this order, and what stands where nobody knew them?",
        "Latitude and longitude that a feature reads as they stand: records of the event, or rows of the catalogue, with a latitude beyond ±90 "
        + "or a longitude beyond ±180. 0, 0 lies in the sea and is counted too, unless every place is there.",
        "Correct the source, swap the two where they are swapped, or write missing where the place is not known.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var feature in subject.Design.Features)
        {
            foreach (var call in ExpressionTree.Of<Expression.Call>(feature.Value).Where(static c => OfPlaces.Contains(c.Function.Name)))
            {
                for (var a = 0; a + 1 < call.Arguments.Length; a += 2)
                {
                    if (ColumnOf(subject, call.Arguments[a]) is not ({ } latitude, var latitudes)
                        || ColumnOf(subject, call.Arguments[a + 1]) is not ({ } longitude, var longitudes)
                        || latitudes.Length != longitudes.Length || !seen.Add((latitude, longitude)))
                    {
                        continue;
                    }
                    var (there, off, zero) = Count(latitudes, longitudes);
                    if (off == 0 && (zero == 0 || zero == there)) { continue; }
                    yield return new(
                        feature.At,
                        $"'{feature.Name}' is missing or wrong where {latitude} and {longitude} are no place",
                        $"{Measure.Number(off, 0)} of {Measure.Number(there, 0)} places lie off the earth, {Measure.Number(zero, 0)} at 0, 0");
                }
            }
        }
    }

    /// <returns>Its name and values by row; null: not a column, or one without records.</returns>
    private static (string? Name, double[] Values) ColumnOf(ReviewSubject subject, Expression argument)
    {
        switch (argument)
        {
            case Expression.Column column when subject.History is { } history
                && history.Tables[column.Event.Number] is var table && column.ColumnIndex < table.Columns.Length:
                return ($"{column.Event.Name}.{column.Event.Columns[column.ColumnIndex].Name}", table.Columns[column.ColumnIndex]);
            case Expression.Known known when subject.History?.Catalogues.FirstOrDefault(c => c.Design == known.Catalogue) is { } items:
                return ($"{known.Catalogue.Name}.{known.Catalogue.Fields[known.Field].Name}",
                    [.. Enumerable.Range(0, items.Count).Select(code => items.Value(known.Field, code))]);
            default:
                return (null, []);
        }
    }

    private static (int There, int Off, int Zero) Count(double[] latitudes, double[] longitudes)
    {
        var (there, off, zero) = (0, 0, 0);
        for (var row = 0; row < latitudes.Length; row++)
        {
            var (latitude, longitude) = (latitudes[row], longitudes[row]);
            if (double.IsNaN(latitude) || double.IsNaN(longitude)) { continue; }
            there++;
            if (Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180) { off++; }
            else if (latitude == 0 && longitude == 0) { zero++; }
        }
        return (there, off, zero);
    }
}
