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
        lock (_sequencer) { Quoting.ReadFeatures(quote, NextKnown(), _options.AcceptUnknownSubjects); }
        if (quote.Faults.Count == 0) { Quoting.Score(quote); }
    }
}
