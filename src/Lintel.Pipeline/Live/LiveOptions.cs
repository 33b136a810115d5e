using Lintel.Events.Log;
using Lintel.Features;

namespace Lintel.Pipeline.Live;

/// <summary>How a live service takes records.</summary>
public sealed record LiveOptions
{
    /// <summary>Says when a record is accepted; read once for each record, in the order of acceptance.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>By place when serving; together when records of files are sent again, whose clock ticks hold no
    /// order.</summary>
    public InstantOrder Order { get; init; } = InstantOrder.ByPlace;

    /// <summary>How long an accepted record can be named and its answer is remembered. Default:
    /// <see cref="LiveState.DefaultRetention"/>.</summary>
    public TimeSpan Retention { get; init; } = LiveState.DefaultRetention;

    /// <summary>Opens the log from a place on; null: as it is. Tests put a disk that hangs under it.</summary>
    internal Func<string, long, LogVisitor, AppendLog>? OpenLog { get; init; }

    /// <summary>How far ahead of the server's clock a record may say that it happened. Default 5 minutes: what clocks of
    /// senders are apart.</summary>
    public TimeSpan Ahead { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most records of one request. Default 1,000: at 500 bytes each, half of the default body
    /// limit.</summary>
    public int MaxRecords { get; init; } = 1_000;

    /// <summary>Most texts of one dictionary (the keys of one entity, or all texts of fields): a record that brings a new one to a
    /// full dictionary is refused, all others go on. Default: no limit. What the files and the log brought counts, and stays.</summary>
    public int MaxTexts { get; init; } = int.MaxValue;

    /// <summary>Take records about something that was never accepted, as files do, instead of refusing them. Default
    /// false: such a record most often names its subject wrongly, and its label would be lost.</summary>
    public bool AcceptUnknownSubjects { get; init; }
}
