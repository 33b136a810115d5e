using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>outcomes:</c> and <c>policy:</c> the rules that shape the decision; the first that matches
/// decides.</summary>
internal static class PolicySection
{
    public static readonly ListForm<LocatedText> PolicyForm =
        new(new ExpressionForm("OUTCOME if CONDITION, OUTCOME alone, or decide by cost; of a ranking a step such as take 20, of a regression one such as round to 5"));

    public static ImmutableArray<OutcomeDesign> BindOutcomes(ImmutableArray<OutcomesForm.Entry> entries,
        BindingContext context)
    {
        var outcomes = ImmutableArray.CreateBuilder<OutcomeDesign>();
        foreach (var entry in entries)
        {
            var name = entry.Name.Text.Trim();
            if (outcomes.Any(o => o.Name == name))
            {
                context.Error(FaultCodes.Duplicate, entry.Name.At, $"outcome '{name}' is listed twice", null, null,
                    "remove one of them");
                continue;
            }
            if (name.Length > 60 || !char.IsLetter(name[0])
                || name.Any(static c => !char.IsLetterOrDigit(c) && c is not (' ' or '-' or '_'))
                || $" {name} ".Contains(" if ", StringComparison.Ordinal))
            {
                context.Error(FaultCodes.BadName, entry.Name.At, "this cannot be an outcome", $"'{name}'",
                    "words of letters and digits, without 'if'");
                continue;
            }
            outcomes.Add(entry.Role is { } role ? new(name, role, entry.Stops) : new(name, default));
        }
        if (outcomes.Count > 0 && entries.All(static e => e.Role is not null and not OutcomeRole.Passed))
        {
            context.Error(FaultCodes.MissingKey, entries[0].Name.At, "no outcome lets a decision pass", null,
                "one of them with the role pass", "add one, such as allow: pass");
        }
        return entries.Any(static e => e.Role is null)
            ? OutcomeDesign.OfNames([.. outcomes.Select(static o => o.Name)])
            : outcomes.ToImmutable();
    }

    public static ImmutableArray<PolicyRule> Bind(ImmutableArray<LocatedText> lines, SourceSpan at,
        ImmutableArray<OutcomeDesign> outcomes, RequirementsDesign requirements, BindingContext context)
    {
        var rules = ImmutableArray.CreateBuilder<PolicyRule>();
        PolicyRule? end = null;
        foreach (var line in lines)
        {
            if (end is not null)
            {
                context.Error(FaultCodes.Unreachable, line.At, "no decision reaches this rule", $"'{line.Text.Trim()}'",
                    null, $"'{end.Text}' at {end.At} always matches: move it to the end");
                continue;
            }
            if (CostRule.IsMeant(line.Trim(), context) is { } isRight && !isRight) { return rules.ToImmutable(); }
            if (line.Text.Trim() == CostRule.Line)
            {
                var byCost = CostRule.Bind(line.Trim(), outcomes, requirements, context);
                if (byCost.IsEmpty) { return rules.ToImmutable(); }
                rules.AddRange(byCost);
                end = byCost[^1];
                continue;
            }
            var rule = BindLine(line.Trim(), context);
            end = rule as PolicyRule.Otherwise;
            if (rule is not null) { rules.Add(rule); }
        }
        if (end is null && !lines.IsEmpty)
        {
            var last = lines[^1];
            context.Error(FaultCodes.PolicyOpen, last.At, "a decision may pass every rule",
                $"'{last.Text.Trim()}' is the last rule",
                "an outcome alone at the end, or decide by cost", context.Outcomes.IsEmpty
                    ? null
                    : $"add a last line such as '- {context.Outcomes[0]}'");
        }
        return rules.ToImmutable();
    }

    private static PolicyRule? BindLine(LocatedText line, BindingContext context)
    {
        var mark = line.Text.IndexOf(" if ", StringComparison.Ordinal);
        var outcome = (mark < 0 ? line : line.Slice(0, mark)).Trim();
        var known = context.Outcomes.Contains(outcome.Text);
        if (!known && !context.Outcomes.IsEmpty)
        {
            context.Error(FaultCodes.Undeclared, outcome.At, $"'{outcome.Text}' is no declared outcome", null,
                $"OUTCOME if CONDITION, with one of: {string.Join(", ", context.Outcomes)}",
                Suggestion.Nearest(outcome.Text, context.Outcomes) is { } near ? $"did you mean '{near}'?" : null);
        }
        if (mark < 0) { return new PolicyRule.Otherwise(line.At, line.Text, outcome.Text); }
        var scope = context.AtDecision("the policy") with
        {
            Models = context.Models,
            IsPolicy = true,
            Events = context.EventsAndDecision,
            Outcomes = context.Outcomes,
        };
        return context.Check(line.Slice(mark + 4, line.Text.Length), scope, DataType.Bool) is { } condition && known
            ? new PolicyRule.When(line.At, line.Text, outcome.Text, condition)
            : null;
    }
}
