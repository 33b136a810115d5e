using Lintel.Events.Log;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <summary>What one version decides with while it serves: replaced whole when another is adopted. A request that began
/// with one ends with it.</summary>
internal sealed class Served
{
    internal Served(SystemVersion version, LiveState state)
    {
        Decider = new(version.With(state.Compiled));
        State = state;
        Shapes = new(state.Compiled.Design);
        Layout = LogLayout.Of(state.Compiled.Design);
        Decided = state.Table(state.Compiled.Design.Decision.Each)!;
    }

    internal SystemVersion Version => Decider.Version;

    internal Decider Decider { get; }

    internal LiveState State { get; }

    internal RecordShapes Shapes { get; }

    /// <summary>How the design writes its events.</summary>
    internal LogLayout Layout { get; }

    /// <summary>Records of the decided event.</summary>
    internal RecordTable Decided { get; }

    /// <summary>Reads a record that a request brought under another version into this one's design, as a replay of the
    /// log would: fields by name, those that it did not know are missing.</summary>
    /// <returns>False when this design has no such event.</returns>
    internal bool Translate(IncomingRecord record, Served from)
    {
        var payload = new PayloadWriter();
        EventPayload.Write(payload, record, known: 0, toDecide: false);
        var layout = LogLayout.Read(from.Layout.Written, Version.Design);
        return EventPayload.Read(payload.Written, layout, record, out _, out _);
    }
}
