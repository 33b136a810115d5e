namespace Lintel.Events.Log;

/// <summary>Types of the records that a live system appends. A number is never given to another type.</summary>
public static class LiveRecordType
{
    /// <summary>An accepted record of an event that the design declares.</summary>
    public const byte Event = 1;

    /// <summary>The answer to a decided event; of several for one event the latest counts.</summary>
    public const byte Decision = 2;

    /// <summary>How the events behind it are laid out.</summary>
    public const byte Layout = 3;

    /// <summary>A key added to a named list, or taken from it.</summary>
    public const byte ListChange = 4;

    /// <summary>What a reviewer did: claimed, released, judged, undid.</summary>
    public const byte ReviewAct = 5;
}
