using System.IO.Enumeration;
using Lintel.Design;

namespace Lintel.Training.Splits;

/// <summary>The parts stand in files of their own; names may hold <c>*</c> and <c>?</c>, and are compared with the path's end.</summary>
internal static class FileSplit
{
    public static SplitPlan Make(SplitDesign.ByFile design, SplitRows rows)
    {
        if (rows.Files is not { } files)
        {
            throw SplitPlan.Fault("LT0396", design, "the decisions do not come from files", "split by time");
        }
        SplitPart[] partOf = [.. rows.FileNames.Select(name =>
            Matches(design.Test, name) ? SplitPart.Test
            : design.Validate is { } validate && Matches(validate, name) ? SplitPart.Validate
            : Matches(design.Train, name) ? SplitPart.Train : SplitPart.Unused)];
        return SplitPlan.Timeless([.. files.Select(f => partOf[f])], rows, "file");
    }

    private static bool Matches(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression("*/" + pattern, path, ignoreCase: false);
}
