using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages;

/// <summary>A kind of step of a ranking's policy: its sentence, and how a line of it becomes a step.</summary>
public interface IPageStepKind
{
    /// <summary>Family <see cref="KindFamily.PolicyStep"/>, with its sentence; the properties of its parameters are the
    /// sentence's slots.</summary>
    Kind Kind { get; }

    /// <exception cref="DesignException">The line cannot be meant so.</exception>
    IPageStep Compile(StepArguments arguments);
}

/// <summary>One compiled line: changes the order or the scores of a page's candidates, removes some, or ends the page.
/// Immutable; all that it changes is the page's. Loses and invents no candidate: what it removes is marked with its own
/// number.</summary>
public interface IPageStep
{
    StepRole Role { get; }

    void Apply(Page page);
}

/// <summary>What a step does to a page, and so where its line may stand.</summary>
public enum StepRole
{
    /// <summary>Leaves the order of those that it does not remove.</summary>
    Removes,
    /// <summary>Changes scores, and sorts by them.</summary>
    Rescores,
    /// <summary>Changes the order and leaves the scores: a step that rescores would undo it, and is refused behind
    /// it.</summary>
    Reorders,
    /// <summary>Puts a candidate at a position of the page. Kept when the page is made, before everything else that is
    /// promised.</summary>
    Pins,
    /// <summary>Says something of the page's first places. Kept when the page is made, after the pins: no other step
    /// undoes it.</summary>
    Promises,
    /// <summary>Draws scores at random, and sorts by them; what the draw did to places, nobody can compute.</summary>
    Samples,
    /// <summary>Draws at random and knows the propensities: nothing reorders behind it.</summary>
    Explores,
    /// <summary>Sets prices by the order as it stands: nothing alters it behind.</summary>
    Prices,
    /// <summary>Fills one titled row of the page.</summary>
    FillsRow,
    /// <summary>The page is final.</summary>
    Ends,
}
