using Lintel.Design;
using Lintel.Decisions;
using Lintel.Models;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>Brings a judged policy and its models before <see cref="KindJudge"/>: who looks at how much, by what.</summary>
internal static class JudgedKinds
{
    /// <param name="test">Judged decisions, all labelled.</param> <param name="ruleOf">The rule that decided each of them.</param>
    /// <returns>Null: the design tells no kinds apart, or decides nothing.</returns>
    public static KindDetection? Of(
        Preparation prepared, ScoringGraph graph, ScoredRows test, int[] ruleOf, string? resampleBy, ulong seed)
    {
        var (design, policy) = (prepared.Design, prepared.Compiled.Policy);
        if (design.Evaluate.Kinds is not { } kinds || policy.Rules.Count == 0 || test.Rows.Length == 0) { return null; }
        var column = KindReader.Read(prepared.History, kinds, prepared.Labels);
        int[] CountsOf(SplitPart part)
        {
            var counts = new int[column.Names.Count];
            foreach (var row in prepared.Split.Rows(part))
            {
                if (column.Of[row] >= 0) { counts[column.Of[row]]++; }
            }
            return counts;
        }

        bool Stops(int rule) => design.OutcomeDesigns[policy.OutcomeOf(rule)].Role != OutcomeRole.Passed;
        bool[] novelty = [.. policy.Rules.Select((rule, r) => Stops(r) && NodeOf(graph, rule) is { Scale: ScoreScale.Novelty })];
        bool[] caught = [.. ruleOf.Select(Stops)];
        bool[] others = [.. ruleOf.Select((rule, i) => caught[i] && !novelty[rule])];
        var places = caught.Count(static c => c);
        var freed = places - others.Count(static c => c);
        return KindJudge.Judge(new()
        {
            Rows = test.Judged(graph.Nodes.Length - 1, []),
            KindOf = [.. test.Rows.Select(row => column.Of[row])],
            Names = column.Names,
            Train = CountsOf(SplitPart.Train),
            Validate = prepared.Split.HasValidate ? CountsOf(SplitPart.Validate) : new int[column.Names.Count],
            Policy = Selection.Of("policy", caught),
            WithoutNovelty = !novelty.Contains(true) ? null
                : Selection.Top("without novelty", test.Margins[Heir(design, policy, graph)], freed, others),
            NoveltyDecisions = freed,
            Models = [.. graph.Nodes.Select((node, n) => Selection.Top(node.Name, test.Margins[n], places))],
            DayCount = test.Days.Max() - test.Days.Min() + 1,
            ResampleBy = resampleBy,
            Seed = seed,
        });
    }

    /// <summary>The model of the supervised review rule, which would get the novelty rules' share; the final model when there is no
    /// such rule.</summary>
    private static int Heir(SystemDesign design, PolicyProgram policy, ScoringGraph graph)
    {
        for (var r = policy.Rules.Count - 1; r >= 0; r--)
        {
            if (design.OutcomeDesigns[policy.OutcomeOf(r)].Role == OutcomeRole.Reviewed
                && NodeOf(graph, policy.Rules[r]) is { Scale: not ScoreScale.Novelty } node)
            {
                return graph.Nodes.IndexOf(node);
            }
        }
        return graph.Nodes.Length - 1;
    }

    private static ScoringNode? NodeOf(ScoringGraph graph, CompiledRule rule) =>
        rule.Threshold is { } threshold ? graph.Nodes.FirstOrDefault(n => n.Name == threshold.ScoreName) : null;
}
