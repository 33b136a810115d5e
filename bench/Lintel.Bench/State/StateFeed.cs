using System.Diagnostics;
using System.Globalization;
using Lintel.Design;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;

namespace Lintel.Bench.State;

/// <summary>Payments of random cards at random terminals, evenly over some days, each with its verdict a week later.</summary>
internal sealed class StateFeed
{
    private const long Day = 86_400_000_000;
    private const long Start = 1_700_000_000_000_000;
    private readonly RandomStream _random = new(7);
    private readonly EventDesign _payment;
    private readonly EventDesign _verdict;
    private readonly IncomingRecord _record = new();
    private readonly byte[] _text = new byte[16];
    private readonly int _card;
    private readonly int _terminal;
    private readonly int _amount;
    private readonly int _events;
    private readonly long _step;
    private readonly int _delay;
    private int _next;

    internal StateFeed(SystemDesign design, int events, int cards, int terminals, int days)
    {
        (_events, Cards, Terminals) = (events, cards, terminals);
        _payment = design.Decision.Each;
        _verdict = design.Events.First(static e => e.About is not null && e.HasSource);
        (_card, _terminal, _amount) = (Column(_payment, "card"), Column(_payment, "terminal"), Column(_payment, "amount"));
        _step = days * Day / events;
        _delay = (int)(7 * Day / _step);
    }

    internal int Cards { get; }

    internal int Terminals { get; }

    internal int Verdicts { get; private set; }

    internal void Fill(LiveState state)
    {
        var registers = new double[state.Compiled.Plan.RegisterCount];
        for (var i = 0; i < _events; i++) { Next(state, registers); }
    }

    /// <summary>The next payment, and the verdict that is due.</summary>
    /// <returns>Nanoseconds that the payment took.</returns>
    internal double Next(LiveState state, double[] registers)
    {
        Payment(_next);
        var started = Stopwatch.GetTimestamp();
        state.Accept(_record, Start + (_next * _step), registers);
        var took = Nanoseconds(started);
        if (_next >= _delay)
        {
            _record.Begin(_verdict);
            _record.SetSubject(Text('p', _next - _delay));
            _record.Values[_verdict.Find("fraud")] = _next % 100 == 0 ? 1 : 0;
            state.Accept(_record, Start + (_next * _step), default);
            Verdicts++;
        }
        _next++;
        return took;
    }

    /// <summary>Reads what the next payment would see; nothing changes.</summary>
    /// <returns>Nanoseconds that it took.</returns>
    internal double Peek(LiveState state, double[] registers)
    {
        Payment(_next);
        var started = Stopwatch.GetTimestamp();
        state.Peek(_record, Start + (_next * _step), registers);
        return Nanoseconds(started);
    }

    private void Payment(int number)
    {
        _record.Begin(_payment);
        _record.SetId(Text('p', number));
        _record.AddText(_card, Text('c', _random.NextInt32(Cards)));
        _record.AddText(_terminal, Text('t', _random.NextInt32(Terminals)));
        _record.Values[_amount] = _random.NextInt32(20_000) / 100.0;
    }

    private ReadOnlySpan<byte> Text(char kind, int number)
    {
        _text[0] = (byte)kind;
        number.TryFormat(_text.AsSpan(1), out var length, default, CultureInfo.InvariantCulture);
        return _text.AsSpan(0, 1 + length);
    }

    private static double Nanoseconds(long from) =>
        (Stopwatch.GetTimestamp() - from) * (1e9 / Stopwatch.Frequency);

    private static int Column(EventDesign design, string name)
    {
        for (var c = 0; c < design.InheritedFrom; c++)
        {
            if (design.Columns[c].Name == name) { return c; }
        }
        throw new InvalidDataException($"event '{design.Name}' has no column '{name}'; this bench feeds the fraud design");
    }
}
