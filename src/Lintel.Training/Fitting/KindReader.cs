using Lintel.Design;
using Lintel.Events;

namespace Lintel.Training.Fitting;

/// <summary>What kind of positive each decided row is, by <c>evaluate: { kinds: … }</c>.</summary>
/// <param name="Of">[decided rows], index into <paramref name="Names"/>; −1 for what is not positive.</param>
public sealed record KindColumn(int[] Of, IReadOnlyList<string> Names);

/// <summary>Joins the kinds of positives to the decisions they are about: the value of the latest known record counts, as for labels.</summary>
public static class KindReader
{
    /// <summary>Positives whose records name no kind.</summary>
    public const string Unnamed = "not named";

    /// <param name="labels">Of the decided rows.</param>
    public static KindColumn Read(EventHistory history, KindsDesign kinds, LabelColumn labels)
    {
        var table = history.Tables[kinds.Event.Number];
        var dictionary = history.Dictionaries[kinds.Event.Columns[kinds.ColumnIndex].Domain ?? ColumnDesign.TextDomain];
        var (codes, values) = (Codes(table, table.Columns[kinds.ColumnIndex], labels.Values.Length), labels.Values);
        var names = new List<string>();
        var of = new int[codes.Length];
        for (var row = 0; row < of.Length; row++)
        {
            of[row] = -1;
            if (!(values[row] > 0)) { continue; }
            var name = double.IsNaN(codes[row]) ? Unnamed : dictionary.Text((int)codes[row]);
            of[row] = names.IndexOf(name);
            if (of[row] >= 0) { continue; }
            of[row] = names.Count;
            names.Add(name);
        }
        return new(of, names);
    }

    private static double[] Codes(EventTable table, double[] column, int count)
    {
        var codes = new double[count];
        var known = new double[count];
        Array.Fill(codes, double.NaN);
        Array.Fill(known, double.NegativeInfinity);
        for (var row = 0; row < table.RowCount; row++)
        {
            var subject = table.Subjects![row];
            if (subject < 0 || table.Columns[1][row] < known[subject]) { continue; }
            (codes[subject], known[subject]) = (column[row], table.Columns[1][row]);
        }
        return codes;
    }
}
