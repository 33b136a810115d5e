using System.Text;

namespace Lintel.Pipeline.Live.Quotes;

/// <summary>How the items of a quote are answered, whoever brought them: a request, or the file of a nightly batch.</summary>
internal static class Quoting
{
    /// <summary>Reads the features of every item as of one instant; the state has one reader at a time.</summary>
    internal static void ReadFeatures(QuoteRequest quote, long known, bool acceptUnknownSubjects)
    {
        var state = quote.Served!.State;
        quote.Rent(quote.Version.Compiled.Plan.RegisterCount);
        quote.AsOf = known;
        for (var i = 0; i < quote.Count; i++)
        {
            var item = quote[i];
            if (!acceptUnknownSubjects && IsUnknown(item, state)) { quote.Faults.Add(UnknownSubject(item, $"/items/{i}/about")); }
            else { state.Peek(item.Record, known, quote.RowOf(i), item.HasSubject ? item.Subject : null); }
        }
    }

    /// <summary>Scores and decides every item, model by model; no state is read.</summary>
    internal static void Score(QuoteRequest quote)
    {
        quote.Version.Score(quote.AllRegisters, quote.Count);
        for (var i = 0; i < quote.Count; i++) { _ = quote.Version.Decide(quote.RowOf(i)); }
    }

    /// <summary>Whether it names a record that was never accepted.</summary>
    internal static bool IsUnknown(QuoteItem item, LiveState state) =>
        !item.HasSubject && item.Record.Event.About is { } about && state.Table(about.Event)!.Find(item.Record.Subject) < 0;

    internal static RequestFault UnknownSubject(QuoteItem item, string pointer)
    {
        var about = item.Record.Event.About!.Event;
        return new(RequestFault.NotValid, pointer, $"no {about} of this id is known", $"\"{Encoding.UTF8.GetString(item.Record.Subject)}\"",
            $"the id of a {about} that was accepted, or an object with what is known of it", "correct the id, or say what it would be");
    }
}
