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
        (StepRole.Explores, StepRole.Ends) or (StepRole.FillsRow, StepRole.FillsRow or StepRole.Ends) =>
            null,
        (StepRole.Explores, StepRole.FillsRow) or (StepRole.FillsRow, StepRole.Explores) =>
            ("a page of rows is not explored: propensities are those of an item at its place of one list, with no rows",
                "leave out 'explore', or the rows"),
        (StepRole.Explores, _) =>
            ("this would alter a page whose propensities are known", "move the line above 'explore'"),
        (StepRole.FillsRow, _) =>
            ("rows are filled already", "move the line above the first row"),
        (StepRole.Reorders, StepRole.Rescores) =>
            ("this sorts by score again and would undo the order", "move the line above it"),
        _ => null,
    };
}
