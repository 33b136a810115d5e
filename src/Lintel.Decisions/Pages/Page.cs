using Lintel.Numerics.Random;

namespace Lintel.Decisions.Pages;

/// <summary>The candidates of one request on their way through a policy's steps: an order, scores that steps may
/// change, and who removed which. Reused from request to request: steps allocate nothing once it has grown.</summary>
public sealed class Page
{
    /// <summary>Not removed by any step.</summary>
    public const int Kept = -1;

    /// <summary>In no row: the page has none, or the candidate is not shown.</summary>
    public const int NoRow = -1;

    private const ulong TieSeed = 0x5EED_0F7E_D1E5;

    private double[] _registers = [];
    private int[] _items = [], _order = [], _removedBy = [], _rowOf = [];
    private double[] _scores = [], _margins = [], _propensities = [], _prices = [], _variances = [];
    private SortedPlace[] _places = [];

    /// <summary>Length of one candidate's registers.</summary>
    public required int RegisterCount { get; init; }

    /// <summary>Candidates that there were at first.</summary>
    public int CandidateCount { get; private set; }

    /// <summary>Codes of the candidates' items, [CandidateCount].</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, CandidateCount);

    /// <summary>One candidate's registers, features and scores in them.</summary>
    public Span<double> Registers(int candidate) => _registers.AsSpan(candidate * RegisterCount, RegisterCount);

    /// <summary>What candidates are ordered by, [CandidateCount]: the final model's score at first, in its margin;
    /// steps may change it.</summary>
    public Span<double> Scores => _scores.AsSpan(0, CandidateCount);

    /// <summary>Whether <see cref="Scores"/> are the final model's margins; a formula's values otherwise.</summary>
    public bool HasMargins { get; internal set; }

    /// <summary>Those that are left, best first: indices of candidates. Steps reorder it in place.</summary>
    public Span<int> Order => _order.AsSpan(0, Count);

    /// <summary>How many are left.</summary>
    public int Count { get; private set; }

    /// <summary>Number of the step that removed each candidate; <see cref="Kept"/>: none, [CandidateCount].</summary>
    public ReadOnlySpan<int> RemovedBy => _removedBy.AsSpan(0, CandidateCount);

    /// <summary>Probability with which each candidate stands where it stands, 0 to 1: 1 without exploration, NaN where it cannot be computed,
    /// [CandidateCount].</summary>
    public Span<double> Propensities => _propensities.AsSpan(0, CandidateCount);

    /// <summary>What a click on each candidate would cost; NaN: no step set it, [CandidateCount].</summary>
    public Span<double> Prices => _prices.AsSpan(0, CandidateCount);

    /// <summary>Variance of the margin of the model by which the policy explores (<see cref="PageProgram.SampledModel"/>), written with the
    /// scores; NaN: unknown, [CandidateCount].</summary>
    public Span<double> Variances => _variances.AsSpan(0, CandidateCount);

    /// <summary>Row in which each candidate is shown, from 0 in the order of the policy's lines; <see cref="NoRow"/>:
    /// none, [CandidateCount].</summary>
    public ReadOnlySpan<int> RowOf => _rowOf.AsSpan(0, CandidateCount);

    /// <summary>Candidates that stand in rows: the first of <see cref="Order"/>.</summary>
    public int CountInRows { get; private set; }

    /// <summary>Uniform random bits of this request: equal for a request that is decided again.</summary>
    public ulong Draw { get; set; }

    /// <summary>Microseconds since 1970 UTC.</summary>
    public long Now { get; set; }

    /// <summary>Number of the step that runs: what <see cref="Keep"/> marks.</summary>
    internal int Step { get; set; }

    /// <summary>A step could not do what its line says, for want of candidates: bit by step.</summary>
    public ulong Infeasible { get; private set; }

    /// <summary>What steps work on.</summary>
    internal PageScratch Scratch { get; } = new();

    internal void TellInfeasible() => Infeasible |= 1UL << Math.Min(Step, 63);

    /// <summary>Begins a request: all candidates are left, in the order given, without scores.</summary>
    /// <param name="items">[n].</param>
    public void Begin(ReadOnlySpan<int> items)
    {
        if (_items.Length < items.Length)
        {
            var room = Math.Max(items.Length, 2 * _items.Length);
            _items = new int[room];
            _order = new int[room];
            _removedBy = new int[room];
            _rowOf = new int[room];
            _scores = new double[room];
            _margins = new double[room];
            _propensities = new double[room];
            _prices = new double[room];
            _variances = new double[room];
            _registers = new double[room * RegisterCount];
            _places = new SortedPlace[room];
            Scratch.Grow(room);
        }
        CandidateCount = items.Length;
        items.CopyTo(_items);
        Variances.Fill(double.NaN);
        Reset();
    }

    /// <summary>Begins the same request again, for another run of steps: all candidates are left, with the scores that
    /// the last run began with.</summary>
    public void Restart()
    {
        _margins.AsSpan(0, CandidateCount).CopyTo(_scores);
        Reset();
    }

    /// <summary>Keeps the scores that a run begins with, for <see cref="Restart"/>.</summary>
    internal void RememberScores() => _scores.AsSpan(0, CandidateCount).CopyTo(_margins);

    private void Reset()
    {
        Count = CandidateCount;
        for (var i = 0; i < Count; i++) { _order[i] = i; }
        _removedBy.AsSpan(0, Count).Fill(Kept);
        _rowOf.AsSpan(0, Count).Fill(NoRow);
        _propensities.AsSpan(0, Count).Fill(1);
        _prices.AsSpan(0, Count).Fill(double.NaN);
        (Infeasible, Step, CountInRows, HasMargins) = (0, 0, 0, true);
    }

    /// <summary>Keeps the first ones only.</summary>
    public void Keep(int count)
    {
        for (var place = count; place < Count; place++)
        {
            _removedBy[_order[place]] = Step;
            _rowOf[_order[place]] = NoRow;
        }
        Count = Math.Min(Count, count);
        CountInRows = Math.Min(CountInRows, Count);
    }

    /// <summary>Orders by score, best first; a score that is NaN stands behind all others. Equal scores stand in an
    /// order that the items' codes do not tell.</summary>
    internal void Sort()
    {
        var places = _places.AsSpan(0, Count);
        for (var place = 0; place < places.Length; place++)
        {
            var candidate = _order[place];
            // codes tell the order of a file: only a hash of them may break a tie
            places[place] = new(_scores[candidate], RandomStream.Mix(TieSeed ^ (ulong)_items[candidate]), candidate);
        }
        places.Sort();
        for (var place = 0; place < places.Length; place++) { _order[place] = places[place].Candidate; }
    }

    /// <summary>Marks one as removed by the running step, which takes it out of the order itself
    /// (<see cref="Shorten"/>).</summary>
    internal void Mark(int candidate) => _removedBy[candidate] = Step;

    /// <summary>Says that a drawn order was altered: where one was drawn, no propensity is known any more.</summary>
    internal void ForgetDraw()
    {
        var propensities = Propensities;
        if (propensities.IndexOfAnyExcept(1.0) >= 0) { propensities.Fill(double.NaN); }
    }

    /// <summary>Says how many are left, after a step moved them to the front of the order and marked the
    /// others.</summary>
    internal void Shorten(int count) => Count = count;

    /// <summary>Puts one that is left behind those that stand in rows, and in a row itself.</summary>
    internal void PutInRow(int place, int row)
    {
        var candidate = _order[place];
        _order.AsSpan(CountInRows..place).CopyTo(_order.AsSpan(CountInRows + 1));
        _order[CountInRows++] = candidate;
        _rowOf[candidate] = row;
    }

    // best first; NaN last
    private readonly record struct SortedPlace(double Score, ulong Tie, int Candidate) : IComparable<SortedPlace>
    {
        public int CompareTo(SortedPlace other)
        {
            // CompareTo of doubles puts NaN first: swapped, it stands last
            var byScore = other.Score.CompareTo(Score);
            return byScore != 0 ? byScore : Tie.CompareTo(other.Tie);
        }
    }
}
