using System.Text.Json;
using Lintel.Decisions.Review;
using Lintel.Pipeline.Live.Reviews;
using Lintel.Server.Http.Answers;

namespace Lintel.Server.Reviews;

/// <summary>The queue as JSON. A number that is missing is null.</summary>
internal static class ReviewJson
{
    private const int DaysOfLoad = 7;

    /// <summary>Figures, capacity against the design, and items.</summary>
    internal static void WriteQueue(
        Utf8JsonWriter json, string system, ReviewPlan plan, ReviewFigures figures, IReadOnlyList<ReviewView> items)
    {
        json.WriteStartObject();
        json.WriteString("now"u8, Answer.Time(figures.Now));
        json.WriteString("system"u8, system);
        json.WriteString("event"u8, plan.Design.Verdict.Name);
        json.WriteString("field"u8, plan.Field);
        json.WriteNumber("open"u8, figures.Open);
        json.WriteNumber("claimed"u8, figures.Claimed);
        json.WriteNumber("closed"u8, figures.Closed);
        json.WriteNumber("overdue"u8, figures.Overdue);
        Answer.WriteNumber(json, "oldestSeconds"u8,
            figures.OldestKnown is { } oldest ? (figures.Now - oldest) / 1e6 : double.NaN);
        json.WriteNumber("lockSeconds"u8, plan.Design.Lock.TotalSeconds);
        Answer.WriteNumber(json, "withinSeconds"u8, plan.Design.Within?.TotalSeconds ?? double.NaN);
        WriteCapacity(json, plan.CapacityPerDay, figures);
        json.WriteStartObject("totals"u8);
        json.WriteNumber("enqueued"u8, figures.Enqueued);
        json.WriteNumber("yes"u8, figures.Confirmed);
        json.WriteNumber("no"u8, figures.Dismissed);
        json.WriteNumber("undone"u8, figures.Undone);
        json.WriteNumber("lapsed"u8, figures.Lapsed);
        json.WriteEndObject();
        json.WriteStartArray("items"u8);
        foreach (var item in items)
        {
            json.WriteStartObject();
            WriteHead(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An item with its audit trail, into the object that is open.</summary>
    internal static void WriteItem(Utf8JsonWriter json, ReviewView item)
    {
        WriteHead(json, item);
        json.WriteStartArray("acts"u8);
        foreach (var act in item.Acts)
        {
            json.WriteStartObject();
            json.WriteString("act"u8, Name(act.Kind));
            json.WriteString("at"u8, Answer.Time(act.Known));
            json.WriteString("by"u8, act.By);
            if (act.Kind == ReviewActKind.Verdict) { json.WriteBoolean("value"u8, act.Value != 0); }
            if (act.Kind is ReviewActKind.Claim or ReviewActKind.Extend)
            {
                json.WriteString("until"u8, Answer.Time(act.Until));
            }
            if (act.Note.Length > 0) { json.WriteString("note"u8, act.Note); }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, ReviewView item)
    {
        json.WriteString("id"u8, item.Id);
        json.WriteString("state"u8, Name(item.State));
        Answer.WriteNumber(json, "priority"u8, item.Priority);
        Answer.WriteNumber(json, "probability"u8, item.Probability);
        Answer.WriteNumber(json, "stake"u8, item.Stake);
        json.WriteString("since"u8, Answer.Time(item.Known));
        json.WriteNumber("place"u8, item.Place);
        if (item.Deadline is { } deadline) { json.WriteString("deadline"u8, Answer.Time(deadline)); }
        if (item.HeldBy is { } holder)
        {
            json.WriteString("claimedBy"u8, holder);
            json.WriteString("until"u8, Answer.Time(item.Until));
        }
        if (item.State != ReviewState.Closed) { return; }
        json.WriteBoolean("verdict"u8, item.Verdict != 0);
        json.WriteString("judgedBy"u8, item.JudgedBy);
        json.WriteString("judgedAt"u8, Answer.Time(item.JudgedAt));
    }

    private static void WriteCapacity(Utf8JsonWriter json, double? perDay, ReviewFigures figures)
    {
        json.WriteStartObject("capacity"u8);
        Answer.WriteNumber(json, "perDay"u8, perDay ?? double.NaN);
        json.WriteNumber("verdictsToday"u8, figures.Today.Judged);
        json.WriteNumber("enqueuedToday"u8, figures.Today.Enqueued);
        Answer.WriteNumber(json, "usedToday"u8, perDay is > 0 and var most ? figures.Today.Judged / most : double.NaN);
        // a mean over the days before today, quiet ones included, as many as there were since the first item
        var first = figures.Days.IsEmpty ? figures.Today.Day : figures.Days[0].Day;
        var days = Math.Min(DaysOfLoad, figures.Today.Day - first);
        var from = figures.Today.Day - days;
        json.WriteNumber("daysBefore"u8, days);
        Answer.WriteNumber(json, "verdictsPerDay"u8, Mean(figures, from, days, static d => d.Judged));
        Answer.WriteNumber(json, "enqueuedPerDay"u8, Mean(figures, from, days, static d => d.Enqueued));
        json.WriteEndObject();
    }

    private static double Mean(ReviewFigures figures, int from, int days, Func<ReviewDay, int> count) =>
        days == 0 ? double.NaN : figures.Days.Where(d => d.Day >= from).Sum(count) / (double)days;

    private static string Name(ReviewState state) => state switch
    {
        ReviewState.Open => "open",
        ReviewState.Claimed => "claimed",
        _ => "closed",
    };

    private static string Name(ReviewActKind kind) => kind switch
    {
        ReviewActKind.Claim => "claim",
        ReviewActKind.Release => "release",
        ReviewActKind.Extend => "extend",
        ReviewActKind.Verdict => "verdict",
        _ => "undo",
    };
}
