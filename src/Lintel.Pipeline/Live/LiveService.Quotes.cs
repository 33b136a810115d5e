using System.Text;
using Lintel.Pipeline.Live.Quotes;

namespace Lintel.Pipeline.Live;

/// <content>Promises that nobody holds the system to yet: a page of stores, each with its time.</content>
public sealed partial class LiveService
{
    /// <summary>Reads a body for <c>quote</c>.</summary>
    public void ReadQuote(ReadOnlySpan<byte> body, QuoteRequest quote)
    {
        quote.Begin(_served);
        if (quote.Version.Estimate is null)
        {
            quote.Faults.Add(new(RequestFault.Conflict, "", "only a regression quotes", $"kind: {quote.Version.Design.Decision.Kind.ToString().ToLowerInvariant()}",
                "kind: regression", "ask POST /v1/decide"));
            return;
        }
        QuoteReader.Read(body, quote);
    }

    /// <summary>Answers every item as if it were decided now; nothing enters, nothing is logged. With a fault, nothing is
    /// answered.</summary>
    /// <remarks>One step of the sequencer reads the features of all; scoring runs outside, model by model over all items.</remarks>
    public void Quote(QuoteRequest quote)
    {
        if (quote.Faults.Count > 0) { return; }
        var served = quote.Served!;
        var plan = quote.Version.Compiled.Plan;
        quote.Rent(plan.RegisterCount);
        lock (_sequencer)
        {
            quote.AsOf = NextKnown();
            for (var i = 0; i < quote.Count; i++)
            {
                var item = quote[i];
                if (!_options.AcceptUnknownSubjects && IsUnknown(item, served.State)) { quote.Faults.Add(UnknownSubject(item, i)); }
                else { served.State.Peek(item.Record, quote.AsOf, quote.RowOf(i), item.HasSubject ? item.Subject : null); }
            }
        }
        if (quote.Faults.Count > 0) { return; }
        served.Version.Score(quote.AllRegisters, quote.Count);
        for (var i = 0; i < quote.Count; i++) { _ = served.Version.Decide(quote.RowOf(i)); }
    }

    private static bool IsUnknown(QuoteItem item, LiveState state) =>
        !item.HasSubject && item.Record.Event.About is { } about && state.Table(about.Event)!.Find(item.Record.Subject) < 0;

    private static RequestFault UnknownSubject(QuoteItem item, int index)
    {
        var about = item.Record.Event.About!.Event;
        return new(RequestFault.NotValid, $"/items/{index}/about", $"no {about} of this id is known", $"\"{Encoding.UTF8.GetString(item.Record.Subject)}\"",
            $"the id of a {about} that was accepted, or an object with what is known of it", "correct the id, or say what it would be");
    }
}
