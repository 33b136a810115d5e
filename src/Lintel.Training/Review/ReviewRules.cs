using Lintel.Training.Review.Rules;

namespace Lintel.Training.Review;

/// <summary>Every rule of the review, in one place: a new one is a file in <c>Rules</c> and a line here.</summary>
public static class ReviewRules
{
    /// <summary>In the order of their codes.</summary>
    public static IReadOnlyList<IReviewRule> All { get; } =
    [
        new NothingClaimed(),
        new OutcomeNeverGiven(),
        new ReviewWithoutReviewers(),
        new ReviewLoadAboveCapacity(),
        new OnlineWithoutLatency(),
        new OnlyAucOnImbalance(),
        new CostsUnused(),
        new LabelKnownAtOnce(),
        new FewPositives(),
        new UnlabelledDecisions(),
        new LabelShareDrifts(),
        new LabelWindowsAreLate(),
        new RandomSplit(),
        new ProtocolWithoutReason(),
        new GapShorterThanDelay(),
        new ThresholdsWithoutValidation(),
        new BadRows(),
        new DuplicateIds(),
        new TiesInTime(),
        new GapsInTheClock(),
        new KeysShared(),
        new LeakProbe(),
        new FilledInLater(),
        new EmptyFeature(),
        new TwinFeatures(),
        new UnusedFeature(),
        new WindowBeyondHistory(),
        new IdentityAsNumber(),
        new FeatureDrift(),
        new ProbabilityNotCalibrated(),
        new SamplingUnchecked(),
        new NoSimpleModel(),
        new FewEventsPerFeature(),
        new SearchTooWide(),
        new NoBaselines(),
        new NoSlices(),
        new NoGates(),
        new GateCannotDecide(),
        new GateNeverFails(),
        new ShortTest(),
        new CostlyRule(),
        new NoFailureAnswer(),
        new SelectiveLabels(),
        new DeadRule(),
        new NoDriftWatch(),
        new NoRetrain(),
        new RetrainFasterThanLabels(),
        new FailsClosed(),
        new SilentRule(),
        new ShadowedRule(),
    ];
}
