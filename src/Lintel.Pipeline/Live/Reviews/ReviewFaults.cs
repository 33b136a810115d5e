using Lintel.Decisions.Review;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>Why a wish was not done, as a person and a program can read it.</summary>
internal static class ReviewFaults
{
    /// <summary>What is wrong with the wish itself.</summary>
    internal static IEnumerable<RequestFault> Of(ReviewWish wish)
    {
        if (Length(wish.By, 1, ReviewWish.MostName) is { } by)
        {
            yield return new(RequestFault.NotValid, "/by", "the reviewer's name cannot be taken", by,
                $"1 to {ReviewWish.MostName} characters", "say who reviews");
        }
        if (Length(wish.Act, 0, ReviewWish.MostName) is { } act)
        {
            yield return new(RequestFault.NotValid, "/act", "the act's id cannot be taken", act,
                $"at most {ReviewWish.MostName} characters", "send a shorter id, such as a UUID");
        }
        if (Length(wish.Note, 0, ReviewWish.MostNote) is { } note)
        {
            yield return new(RequestFault.NotValid, "/note", "the note is too long", note,
                $"at most {ReviewWish.MostNote} characters", "shorten it");
        }
        if (wish.For is { } time && (time < TimeSpan.FromSeconds(1) || time > TimeSpan.FromDays(1)))
        {
            yield return new(RequestFault.NotValid, "/for", "a lock cannot be that long", $"{time.TotalSeconds} seconds",
                "1 to 86400 seconds", "leave it out to take the design's lock");
        }
        if (wish.Kind == ReviewActKind.Verdict && wish.Value is not (0 or 1))
        {
            yield return new(RequestFault.NotValid, "/value", "a verdict is yes or no", "nothing", "true or false",
                "add \"value\"; to take a verdict back, undo it");
        }
    }

    internal static RequestFault Of(ReviewRefusal refusal) => refusal switch
    {
        ReviewRefusal.NotThere gone => new(RequestFault.NotThere, "", "the queue has no such item", $"\"{gone.Item}\"",
            "the id of a decision that was sent to review, within the time that answers are remembered",
            "list GET /v1/reviews; what left the queue stands in the log"),
        ReviewRefusal.NothingOpen nothing => new(RequestFault.NotThere, "", "nothing waits for a reviewer",
            nothing.Claimed == 0 ? "an empty queue" : $"{nothing.Claimed} items, each held by a reviewer",
            "an open item", "ask again later"),
        ReviewRefusal.Held held => new(RequestFault.Conflict, "", "another reviewer holds this item",
            $"\"{held.Item}\", held by {held.By} until {Instant(held.Until)}", "an item that is open, or held by you",
            "claim another one, or wait until the lock expires"),
        ReviewRefusal.NotHeld free => new(RequestFault.Conflict, "", $"{free.By} does not hold this item",
            $"\"{free.Item}\": it was never claimed, released, or the lock expired", "an item that you hold",
            "claim it first"),
        ReviewRefusal.Judged judged => new(RequestFault.Conflict, "", "this item has a verdict",
            $"\"{judged.Item}\": {(judged.Value == 0 ? "no" : "yes")}, by {Name(judged.By)} at {Instant(judged.At)}",
            "an item without a verdict, or your own", "send \"overrule\": true with a verdict or undo to change it"),
        ReviewRefusal.NotJudged open => new(RequestFault.Conflict, "", "there is no verdict to take back",
            $"\"{open.Item}\", which waits", "an item with a verdict", "nothing needs to be done"),
        ReviewRefusal.ActReused used => new(RequestFault.Conflict, "/act", "the act's id was used for another act",
            $"\"{used.First.Id}\": {used.First.Kind} of \"{used.First.Item}\" by {used.First.By}", "a new id for each act",
            "send the act with an id of its own"),
        _ => throw new InvalidOperationException(refusal.GetType().Name),
    };

    internal static RequestFault NoQueue { get; } = new(RequestFault.NotThere, "", "this design has no review queue",
        "a design without reviews:", "reviews: { verdict: EVENT.FIELD }",
        "say in the design which event holds reviewers' verdicts, then train and promote");

    internal static RequestFault Overflow(string what) => new(RequestFault.NotValid, "/value",
        "a value is past what exact sums hold", what, "a smaller value", "report it");

    internal static string Name(string by) => by.Length == 0 ? "an event of another tool" : by;

    internal static string Instant(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private static string? Length(string text, int least, int most) =>
        text.Length == 0 && least > 0 ? "nothing" : text.Length > most ? $"{text.Length} characters" : null;
}
