namespace Lintel.Decisions.Review;

/// <summary>What the queue took in and gave back, in all and by day. Part of the ledger: a restart keeps it.</summary>
public sealed class ReviewTally
{
    /// <summary>Days that are kept.</summary>
    public const int MostDays = 35;

    private const long MicrosecondsPerDay = 86_400_000_000;
    private readonly SortedDictionary<int, ReviewDay> _days = [];
    private readonly long[] _minutes = new long[MinuteBounds.Length + 1];

    /// <summary>Upper bounds of the minutes from the decision to its first verdict.</summary>
    public static ReadOnlySpan<double> MinuteBounds => [1, 2, 5, 15, 30, 60, 120, 240, 480, 1440, 4320, 10080];

    /// <summary>Decisions that were given to reviewers.</summary>
    public long Enqueued { get; private set; }

    /// <summary>Verdicts that said yes, corrections among them.</summary>
    public long Confirmed { get; private set; }

    /// <summary>Verdicts that said no, corrections among them.</summary>
    public long Dismissed { get; private set; }

    /// <summary>Verdicts that were taken back.</summary>
    public long Undone { get; private set; }

    /// <summary>Items that left memory without a verdict: nobody looked at them within the retention.</summary>
    public long Lapsed { get; private set; }

    /// <summary>First verdicts by the minutes that they took, one count for each bound and one for the rest.</summary>
    public ReadOnlySpan<long> Minutes => _minutes;

    /// <summary>Of the minutes of all first verdicts.</summary>
    public double MinutesSum { get; private set; }

    /// <summary>The days on which something happened, UTC, the latest last.</summary>
    public IEnumerable<ReviewDay> Days => _days.Values;

    /// <summary>The day of an instant, UTC.</summary>
    public static int DayOf(long microseconds) => (int)Math.Floor((double)microseconds / MicrosecondsPerDay);

    /// <summary>What a day brought; zeros when nothing.</summary>
    public ReviewDay Day(int day) => _days.TryGetValue(day, out var found) ? found : new(day, 0, 0);

    internal void Enqueue(long known)
    {
        Enqueued++;
        Count(known, 1, 0);
    }

    /// <param name="closes">The item had no verdict: someone worked, which a correction is not counted as.</param>
    internal void Judge(ReviewItem item, double value, long known, bool closes)
    {
        if (value == 0) { Dismissed++; }
        else { Confirmed++; }
        if (closes) { Count(known, 0, 1); }
        if (item.WasJudged) { return; }
        var minutes = (known - item.Known) / 60e6;
        var bucket = 0;
        while (bucket < MinuteBounds.Length && minutes > MinuteBounds[bucket]) { bucket++; }
        _minutes[bucket]++;
        MinutesSum += minutes;
    }

    internal void Undo() => Undone++;

    internal void Lapse() => Lapsed++;

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Enqueued);
        writer.Write(Confirmed);
        writer.Write(Dismissed);
        writer.Write(Undone);
        writer.Write(Lapsed);
        foreach (var count in _minutes) { writer.Write(count); }
        writer.Write(MinutesSum);
        writer.Write(_days.Count);
        foreach (var day in _days.Values)
        {
            writer.Write(day.Day);
            writer.Write(day.Enqueued);
            writer.Write(day.Judged);
        }
    }

    internal void Read(BinaryReader reader)
    {
        Enqueued = reader.ReadInt64();
        Confirmed = reader.ReadInt64();
        Dismissed = reader.ReadInt64();
        Undone = reader.ReadInt64();
        Lapsed = reader.ReadInt64();
        for (var m = 0; m < _minutes.Length; m++) { _minutes[m] = reader.ReadInt64(); }
        MinutesSum = reader.ReadDouble();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var day = new ReviewDay(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            _days.Add(day.Day, day);
        }
    }

    private void Count(long known, int enqueued, int judged)
    {
        var day = Day(DayOf(known));
        _days[day.Day] = day with { Enqueued = day.Enqueued + enqueued, Judged = day.Judged + judged };
        while (_days.Count > MostDays) { _days.Remove(_days.Keys.First()); }
    }
}

/// <param name="Day">Days since 1970, UTC.</param> <param name="Enqueued">Items that came.</param>
/// <param name="Judged">Items that were closed; corrections are not counted again.</param>
public readonly record struct ReviewDay(int Day, int Enqueued, int Judged);
