namespace Lintel.Pipeline.Versions;

/// <summary>Which kinds of positives the judged version finds on the test period, and which of its models would find them alone.</summary>
/// <param name="Decisions">Decisions that the policy does not let pass; every model alone takes as many.</param>
/// <param name="PerDay">The same as a mean a day: the capacity that is compared.</param>
/// <param name="NoveltyDecisions">Of them, those that the rules of novelty models took; 0: there is no such rule.</param>
/// <param name="Kinds">Kinds by their count in train, then those that train never held.</param>
/// <param name="Known">All kinds that train holds, together; null when it holds none.</param>
/// <param name="Says">The outcome in one sentence.</param>
public sealed record KindDetection(
    int Decisions, double PerDay, int NoveltyDecisions, IReadOnlyList<KindResult> Kinds, KindResult? Known, string Says);

/// <summary>One kind of positives. Recall is the share that is not let pass.</summary>
/// <param name="Train">Positives of the kind in train; 0: never in training.</param>
/// <param name="Judged">False: fewer than 30 in test, shown only.</param>
/// <param name="Policy">The whole policy.</param>
/// <param name="WithoutNovelty">The policy without its novelty rules, as many decisions given to its supervised review rule instead;
/// null: it has no novelty rule.</param>
/// <param name="Models">Each model alone: the same number of decisions, those of its largest margins.</param>
public sealed record KindResult(
    string Kind, int Train, int Validate, int Test, bool Judged, RecallResult Policy, RecallResult? WithoutNovelty,
    SortedDictionary<string, RecallResult> Models);

/// <param name="Recall">Null: the test period holds none.</param>
/// <param name="Interval">95 %, bootstrapped by key and day; null: too few to judge.</param>
/// <param name="Behind">What it lacks: the policy's recall less this one (without novelty), or the final model's (models).</param>
/// <param name="BehindInterval">95 % of the difference, from the same draws.</param>
public sealed record RecallResult(double? Recall, double?[]? Interval, double? Behind = null, double?[]? BehindInterval = null);
