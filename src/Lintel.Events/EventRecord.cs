using Lintel.Design;

namespace Lintel.Events;

/// <summary>One record as the feature engine reads it: a view, valid until its owner moves on.</summary>
public readonly ref struct EventRecord
{
    /// <summary>Index of its type in <see cref="SystemDesign.Events"/>.</summary>
    public required int Type { get; init; }

    /// <summary>Dense number of the record within its type, in the order of acceptance; for an event about another one,
    /// <see cref="Subject"/> holds that one's number.</summary>
    public required int Number { get; init; }

    /// <summary>Number of the record this one is about; −1 without one.</summary>
    public required int Subject { get; init; }

    /// <summary>When it became known, microseconds since 1970 UTC.</summary>
    public required long Known { get; init; }

    /// <summary>Values in the layout of <see cref="EventDesign.Columns"/>, the subject's included; missing is NaN.</summary>
    public required ReadOnlySpan<double> Values { get; init; }
}
