using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Steps;

/// <summary>Reads a policy of steps: each line is a sentence of a registered kind.</summary>
/// <param name="ranking">Whose page the steps make; null: they make a regression's promise.</param>
internal sealed class StepGrammar(BindingContext context, RequirementsDesign requirements, RankingDesign? ranking = null)
{
    /// <summary>The kind that ends a page.</summary>
    public const string Last = "take";

    private const int SuggestionCount = 3;

    // of two sentences that fit, the one with more words of its own is meant
    private readonly List<StepSentence> _sentences =
    [
        .. context.Kinds.Of(ranking is null ? KindFamily.PromiseStep : KindFamily.PolicyStep).Select(static k => new StepSentence(k))
            .OrderByDescending(static s => s.WordCount).ThenBy(static s => s.Text, StringComparer.Ordinal),
    ];

    /// <summary>Binds every line; one that is at fault is reported and left out.</summary>
    public ImmutableArray<PolicyRule> Bind(ImmutableArray<LocatedText> lines)
    {
        var steps = ImmutableArray.CreateBuilder<PolicyRule>(lines.Length);
        StepSentence? last = null;
        foreach (var line in lines)
        {
            var text = line.Trim();
            var words = StepWord.Cut(text.Text);
            last = _sentences.Find(s => s.Match(words) is not null);
            if (last is null) { ReportUnknown(text, words); }
            else if (BindLine(text, words, last) is { } step) { steps.Add(step); }
        }
        if (ranking is not null && !lines.IsEmpty && last is not null && last.Kind.Name != Last)
        {
            var end = lines[^1].Trim();
            context.Error(FaultCodes.PolicyOpen, end.At, "nothing says how long the page is", $"'{end.Text}' is the last line",
                "take COUNT as the last line", "add a line such as '- take 20'");
        }
        return steps.ToImmutable();
    }

    private PolicyRule.Step? BindLine(LocatedText line, List<StepWord> words, StepSentence sentence)
    {
        var slots = ImmutableDictionary.CreateBuilder<string, StepSlot>(StringComparer.Ordinal);
        var whole = true;
        foreach (var (form, first, last) in sentence.Match(words)!)
        {
            var text = StepWord.Between(line, words[first], words[last]);
            if (BindSlot(text, form, sentence) is { } slot) { slots.Add(form.Name, slot); }
            else { whole = false; }
        }
        if (!whole) { return null; }
        if (ranking is null) { return BindCosts(line, sentence, slots) ? new(line.At, line.Text, sentence.Kind.Name, slots.ToImmutable()) : null; }
        var seen = slots.FirstOrDefault(s => sentence.Slots[s.Key] is StepSlotForm.Value { Names: ParameterNames.Event });
        if (seen.Value is StepSlot.Word name)
        {
            var window = slots.Values.OfType<StepSlot.Duration>().FirstOrDefault()?.Value;
            if (SeenItems.Condition(line, name.Text, window, ranking, context) is not { } condition) { return null; }
            slots.Add(SeenItems.Slot, new StepSlot.Formula(condition));
        }
        return new(line.At, line.Text, sentence.Kind.Name, slots.ToImmutable());
    }

    /// <summary>Puts the costs that a kind reads beside what its line says.</summary>
    /// <returns>False: one is missing, which is told.</returns>
    private bool BindCosts(LocatedText line, StepSentence sentence, ImmutableDictionary<string, StepSlot>.Builder slots)
    {
        var whole = true;
        foreach (var cost in sentence.Kind.Costs)
        {
            if (RequiredCosts.Find(line, $"'{line.Text}'", cost, "", requirements, context) is { } value)
            {
                slots.Add(cost, new StepSlot.Formula(value));
            }
            else { whole = false; }
        }
        return whole;
    }

    private StepSlot? BindSlot(LocatedText text, StepSlotForm form, StepSentence sentence) => form switch
    {
        StepSlotForm.Formula formula => BindFormula(text, formula),
        StepSlotForm.Column when ranking is not null => BindColumn(text, ranking),
        StepSlotForm.Value value => BindValue(text, value, sentence),
        _ => throw new InvalidOperationException($"slot '{form.Name}' is of no known form"),
    };

    private StepSlot.Formula? BindFormula(LocatedText text, StepSlotForm.Formula form)
    {
        var scope = context.AtDecision("a step of the policy") with
        {
            Models = context.Models,
            IsPolicy = true,
            Events = ranking is null ? context.EventsAndDecision : context.Events,
        };
        if (context.Check(text, scope, form.IsCondition ? DataType.Bool : DataType.Number) is not { } value) { return null; }
        if (ExpressionWalk.All(value).FirstOrDefault(static e => e is Expression.Threshold) is not { } threshold) { return new(value); }
        context.Error(FaultCodes.NotHere, threshold.At,
            ranking is null ? "a regression has no thresholds" : "a ranking has no thresholds: its page is filled best first", $"'{text.Text}'",
            "a comparison with a number");
        return null;
    }

    private StepSlot.Column? BindColumn(LocatedText text, RankingDesign ranking)
    {
        var index = ranking.Row.Find(text.Text);
        var column = index < 0 ? null : ranking.Row.Columns[index];
        if (index >= ranking.CandidateStart
            && column!.Type is DataType.Text or DataType.Key or DataType.Number or DataType.Bool or DataType.List)
        {
            return new(index);
        }
        var known = ranking.Row.Columns.Skip(ranking.CandidateStart).Where(static c => c.Type != DataType.Time).Select(static c => c.Name);
        context.Error(index < 0 ? FaultCodes.UnknownName : FaultCodes.TypeMismatch, text.At,
            index < 0 ? $"unknown column '{text.Text}'"
                : index < ranking.CandidateStart ? $"'{text.Text}' is the same for every {ranking.Of.Name} of a page"
                : $"nothing is told apart by '{text.Text}'",
            null, $"a text, key, number, condition or list of the {ranking.Of.Name}", Suggestion.Fix(text.Text, known));
        return null;
    }

    private StepSlot? BindValue(LocatedText text, StepSlotForm.Value form, StepSentence sentence)
    {
        var isQuoted = text.Text.Length > 1 && text.Text[0] is '"' or '\'' && text.Text[^1] == text.Text[0];
        var inner = isQuoted ? text.Slice(1, text.Text.Length - 1) : text;
        // a word may look like a number: it is a text all the same
        var isPlain = !isQuoted && form.Form is not WordForm;
        var faults = new DiagnosticBag();
        if (!form.Form.TryRead(new YamlNode.Scalar(text.At, inner, isPlain, 0), faults, out object? value))
        {
            var fault = faults.All[0];
            context.Error(fault.Code, text.At, $"'{{{form.Name}}}' of '{sentence.Text}' cannot be this", $"'{text.Text}'",
                form.Form.Expected, fault.Fix);
            return null;
        }
        return value switch
        {
            double number => new StepSlot.Number(number),
            TimeSpan duration => new StepSlot.Duration(duration),
            string word => IsNamed(text, word, form.Names) ? new StepSlot.Word(word) : null,
            _ => throw new InvalidOperationException($"slot '{form.Name}' of '{sentence.Kind.Name}' holds a {value.GetType()}"),
        };
    }

    private bool IsNamed(LocatedText text, string word, ParameterNames names)
    {
        var known = names switch
        {
            ParameterNames.Source => (ranking?.Candidates ?? []).AsEnumerable().Select(static c => c.Name).ToList(),
            ParameterNames.Event => [.. context.Events.Select(static e => e.Name)],
            ParameterNames.Model or ParameterNames.UnsureModel => [.. context.Models],
            ParameterNames.Quantiles => [.. context.Models.Except(context.SingleModels)],
            _ => null,
        };
        if (known is null || known.Contains(word) || context.BrokenEvents.Contains(word) || context.BrokenSources.Contains(word))
        {
            return names != ParameterNames.UnsureModel || IsUnsure(text, word);
        }
        context.Error(FaultCodes.Undeclared, text.At,
            names switch
            {
                ParameterNames.Source => $"no candidates come from '{word}'",
                ParameterNames.Model or ParameterNames.UnsureModel => $"there is no model '{word}'",
                ParameterNames.Quantiles => context.Models.Contains(word) ? $"'{word}' gives no quantiles" : $"there is no model '{word}'",
                _ => $"there is no event '{word}'",
            }, null, names == ParameterNames.Quantiles ? "a model with quantiles, or a range over one" : null,
            Suggestion.Fix(word, known));
        return false;
    }

    private bool IsUnsure(LocatedText text, string model)
    {
        if (!context.ModelKinds.TryGetValue(model, out var kind) || kind.KnowsVariance) { return true; }
        var able = context.ModelKinds.Where(static m => m.Value.KnowsVariance).Select(static m => m.Key).Order(StringComparer.Ordinal).ToList();
        context.Error(FaultCodes.Conflict, text.At, $"model '{model}' does not know how unsure it is of a row, so there is nothing to draw from",
            $"kind {kind.Name}",
            $"kind {string.Join(" or ", context.Kinds.Of(KindFamily.Model).Where(static k => k.KnowsVariance).Select(static k => k.Name))}",
            able.Count > 0 ? $"name {string.Join(" or ", able)}" : "add a model of such a kind, or write explore SHARE among COUNT");
        return false;
    }

    private void ReportUnknown(LocatedText line, List<StepWord> words)
    {
        var nearest = _sentences.OrderByDescending(s => Likeness(s, words)).ThenBy(static s => s.Text, StringComparer.Ordinal)
            .Take(SuggestionCount).Select(static s => $"'{s.Text}'").ToList();
        context.Error(FaultCodes.WrongForm, line.At, ranking is null ? "this is no step of a promise" : "this is no step of a page", $"'{line.Text}'",
            nearest.Count == 0 ? null : string.Join(" or ", nearest));
    }

    /// <summary>How many of a sentence's words a line has, nearly, in any order; its first word counts double.</summary>
    private static double Likeness(StepSentence sentence, List<StepWord> words)
    {
        var own = sentence.Words;
        var found = own.Count(w => words.Exists(given => Suggestion.Nearest(given.Text, [w]) is not null));
        var begins = words.Count > 0 && Suggestion.Nearest(words[0].Text, [own[0]]) is not null;
        return ((begins ? own.Count : 0) + found) / (double)(2 * own.Count);
    }
}
