namespace Lintel.Training.Online;

/// <summary>How a learner waits for labels that come later than the row.</summary>
public enum LabelWait
{
    /// <summary>A row is learned when its label is known: a positive when it comes, a negative when the time allowed has passed.</summary>
    /// <remarks>As fresh as waiting can be. Where traffic falls, the negatives of busier minutes meet the positives of quieter ones, so a
    /// learner that stops there promises too little; where traffic rises, too much.</remarks>
    UntilKnown,

    /// <summary>A row is learned when the time allowed for its label has passed, whatever it is.</summary>
    UntilSettled,

    /// <summary>A row is learned at once as a negative, and again as a positive when that comes.</summary>
    /// <remarks>A negative weighs (1 − p)(1 + p) and a positive 1 + p, p the learner's own probability before it learns: then the expected
    /// gradient is (1 − p²)(p − q) at a true rate q, as if every label had been there at once, though slower where p is large.
    /// Source: the fake-negative weighted loss of Ktena et al., RecSys 2019.</remarks>
    Reweighted,
}
