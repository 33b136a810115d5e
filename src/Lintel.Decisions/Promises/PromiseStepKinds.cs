using Lintel.Decisions.Promises.Steps;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Promises;

/// <summary>Every kind of step of a regression's policy, in one place: a new one is a file in <c>Steps</c> and a line here.</summary>
public static class PromiseStepKinds
{
    public static IReadOnlyList<IPromiseStepKind> All { get; } =
        [new PromiseLeastCost(), new PromiseShare(), new RoundTo(), new RoundUp(), new AtLeast(), new Keep()];

    public static IEnumerable<Kind> Kinds => All.Select(static k => k.Kind);

    public static IPromiseStepKind? Find(string name) => All.FirstOrDefault(k => k.Kind.Name == name);
}
