using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Decisions.Pages;

/// <summary>Where a step's line may stand: behind none that it would undo, or that makes it void.</summary>
internal static class StepOrder
{
    /// <param name="lines">With the step that each became.</param>
    public static void Check(IReadOnlyList<(PolicyRule.Step Line, IPageStep Step)> lines, DiagnosticBag diagnostics)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, role) = (lines[i].Line, lines[i].Step.Role);
            for (var b = 0; b < i; b++)
            {
                var (before, roleBefore) = (lines[b].Line, lines[b].Step.Role);
                if (Clash(roleBefore, role) is not { } clash) { continue; }
                var code = roleBefore == StepRole.Ends ? FaultCodes.Unreachable : FaultCodes.Conflict;
                diagnostics.Error(code, line.At, clash.What, $"'{line.Text}' behind '{before.Text}'", null, clash.Fix);
                break;
            }
        }
    }

    private static (string What, string Fix)? Clash(StepRole before, StepRole role) => (before, role) switch
    {
        (StepRole.Ends, _) =>
            ("the page is final after 'take'", "move the line above it"),
        (StepRole.Explores, StepRole.Ends or StepRole.Prices) or (StepRole.Prices, StepRole.Ends)
            or (StepRole.FillsRow, StepRole.FillsRow or StepRole.Ends) =>
            null,
        (StepRole.Prices, StepRole.FillsRow) or (StepRole.FillsRow, StepRole.Prices) =>
            ("a page of rows is not priced: prices are those of one list", "leave out 'price', or the rows"),
        (StepRole.Prices, _) =>
            ("this would alter a page whose prices are set", "move the line above 'price'"),
        (StepRole.Samples, StepRole.Explores or StepRole.Samples) =>
            ("a page is explored once: of two draws nobody knows the propensities", "keep one of them"),
        (StepRole.Samples, StepRole.Rescores) =>
            ("this scores again what was drawn", "move the line above 'explore'"),
        (StepRole.Explores, StepRole.FillsRow) or (StepRole.FillsRow, StepRole.Explores) =>
            ("a page of rows is not explored: propensities are those of an item at its place of one list, with no rows",
                "leave out 'explore', or the rows"),
        (StepRole.Explores, _) =>
            ("this would alter a page whose propensities are known", "move the line above 'explore'"),
        (StepRole.FillsRow, _) =>
            ("rows are filled already", "move the line above the first row"),
        (StepRole.Reorders, StepRole.Rescores or StepRole.Samples) =>
            ("this sorts by score again and would undo the order", "move the line above it"),
        _ => null,
    };
}
