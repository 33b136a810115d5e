
namespace Lintel.Pipeline.Live;

/// <content>What is read of the live system; nothing changes.</content>
public sealed partial class LiveService
{
    /// <summary>Told when the wall clock has jumped, and by how much; zero when it agrees again.</summary>
    public Action<TimeSpan>? ClockJumped { set => _clock.Jumped = value; }

    /// <summary>How far the wall clock stands ahead of the time that records get, negative when behind; zero: they
    /// agree.</summary>
    public TimeSpan ClockJump => _clock.Jump;

    /// <summary>How far the wall clock stands behind the last record, when that is more than a second: a machine that
    /// started with a wrong clock.</summary>
    public TimeSpan? ClockBehind
    {
        get
        {
            lock (_sequencer)
            {
                if (!Rises || _served.State.LastKnown == long.MinValue) { return null; }
                var behind = TimeSpan.FromMicroseconds(_served.State.LastKnown - _clock.Now());
                return behind > LiveClock.Tolerance ? behind : null;
            }
        }
    }

    /// <summary>How many texts each dictionary holds, and the memory that they take.</summary>
    public IReadOnlyList<(string Domain, int Texts, long Bytes)> Dictionaries()
    {
        lock (_sequencer)
        {
            return [.. _served.State.Compiled.Dictionaries.All.Select(static d => (d.Domain, d.Count, d.Bytes))];
        }
    }

    /// <summary>The event that a decision was made of, as it was accepted.</summary>
    public IncomingRecord ReadEvent(DecisionRecord decision) => ReadEvent(decision, _served);

    internal IncomingRecord ReadEvent(DecisionRecord decision, Served served)
    {
        LogLayout? layout;
        lock (_sequencer) { layout = served.State.Layouts.At(decision.EventPlace); }
        layout ??= LogLayout.Read(_log.ReadFirst(decision.EventPlace, out _), served.Version.Design);
        var record = new IncomingRecord();
        EventPayload.Read(_log.Read(decision.EventPlace, out _), layout, record, out _, out _);
        return record;
    }

    /// <summary>Features that a record would have if it were decided now; nothing enters.</summary>
    /// <returns>The known instant that they were read at.</returns>
    internal long Peek(Served served, IncomingRecord record, Span<double> registers)
    {
        lock (_sequencer)
        {
            var known = NextKnown();
            served.State.Peek(record, known, registers);
            return known;
        }
    }

    /// <summary>Fills what the state knows and no expression tells, as it is now.</summary>
    internal void FillState(Served served, Span<double> registers)
    {
        lock (_sequencer) { served.State.FillState(registers, NextKnown()); }
    }

    /// <summary>Code of a text as the state knows it now.</summary>
    internal double CodeOf(Served served, int column, string text)
    {
        lock (_sequencer) { return served.State.CodeOf(served.Version.Design.Decision.Each, column, text); }
    }
}
