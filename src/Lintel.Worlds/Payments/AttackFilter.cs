namespace Lintel.Worlds.Payments;

/// <summary>Exact belief about one entity that falls to fraudsters by chance and stays so for a fixed number of days: a hidden
/// Markov chain over "days since it fell" and "free". Source: the forward recursion, Rabiner, Proc. IEEE 77(2), 1989.</summary>
internal sealed class AttackFilter
{
    private readonly int _days;
    private readonly Func<int, double> _rate;

    // [days + 1]: the probability of having fallen k days ago; the last is "free"
    private readonly double[] _belief;
    private int _day;

    /// <param name="days">How long an attack lasts.</param> <param name="rate">Chance of falling, by day.</param>
    public AttackFilter(int days, Func<int, double> rate)
    {
        (_days, _rate) = (days, rate);
        _belief = new double[days + 1];
        Reset();
    }

    /// <summary>Probability that the entity is held on the current day.</summary>
    public double Held => 1 - _belief[_days];

    /// <summary>Back to before the world's first attack: surely free.</summary>
    public void Reset()
    {
        Array.Clear(_belief);
        _belief[_days] = 1;
        _day = -_days - 1;
    }

    /// <summary>Takes over another one's belief and day.</summary>
    public void CopyFrom(AttackFilter other)
    {
        other._belief.CopyTo(_belief, 0);
        _day = other._day;
    }

    /// <summary>Moves on to a day, not before the current one.</summary>
    public void MoveTo(int day)
    {
        for (; _day < day; _day++)
        {
            var rate = _rate(_day + 1);
            var free = (1 - rate) * (_belief[_days] + _belief[_days - 1]);
            for (var k = _days - 1; k > 0; k--) { _belief[k] = (1 - rate) * _belief[k - 1]; }
            _belief[0] = rate;
            _belief[_days] = free;
        }
    }

    /// <summary>Weighs what was seen on the current day.</summary>
    /// <param name="ifHeld">Its likelihood when held.</param> <param name="ifFree">Its likelihood when free.</param>
    public void See(double ifHeld, double ifFree)
    {
        var free = _belief[_days] * ifFree;
        var total = (Held * ifHeld) + free;
        if (!(total > 0)) { return; }             // impossible under the world's own rules, up to underflow: nothing learned
        for (var k = 0; k < _days; k++) { _belief[k] *= ifHeld / total; }
        _belief[_days] = free / total;
    }
}
