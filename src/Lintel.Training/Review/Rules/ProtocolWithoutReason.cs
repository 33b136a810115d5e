using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Splits that only a published protocol justifies.</summary>
internal sealed class ProtocolWithoutReason : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0442", "Split of a published protocol", Severity.Error, EvidenceKind.Design,
        "Which question does this split answer, and is it the one that production asks?",
        "Splits by file or by key, which ignore time: they need a reason.",
        "Split by time, or give the protocol's name in 'because:'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var form = subject.Design.Split switch
        {
            SplitDesign.ByFile f => $"test rows stand in '{f.Test}'",
            SplitDesign.ByKey { Folds: { } folds } k => $"{folds} folds by {k.Key}",
            SplitDesign.ByKey { Leave: { } leave } k => $"leave the {leave} of each {k.Key} out",
            SplitDesign.ByKey { Random: { } share } k => $"{Measure.Share(share)} of {k.Key} at random",
            SplitDesign.ByKey k => $"by {k.Key}",
            _ => null,
        };
        if (form is not null)
        {
            yield return new(subject.Design.Split.At, "the split follows a protocol that does not look at time", form)
            {
                Because = subject.Design.Split.Because,
            };
        }
    }
}
