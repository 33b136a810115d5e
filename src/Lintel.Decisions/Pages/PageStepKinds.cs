using Lintel.Decisions.Pages.Steps;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages;

/// <summary>Every kind of step of a ranking's policy, in one place: a new one is a file in <c>Steps</c> and a line
/// here.</summary>
public static class PageStepKinds
{
    public static IReadOnlyList<IPageStepKind> All { get; } =
    [
        new RankBy(), new DropIf(), new DropSeen(), new DropDuplicates(), new AtMost(), new AtLeast(), new AtLeastIf(),
        new Boost(), new Bury(), new Diversify(), new Calibrate(), new Pin(), new PinIf(), new Pace(), new ExploreThompson(), new Explore(),
        new PriceSecond(), new Row(), new RowIf(), new Take(),
    ];

    public static IEnumerable<Kind> Kinds => All.Select(static k => k.Kind);

    public static IPageStepKind? Find(string name) => All.FirstOrDefault(k => k.Kind.Name == name);
}
