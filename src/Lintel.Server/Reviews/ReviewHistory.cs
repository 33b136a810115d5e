using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Reviews;
using Lintel.Server.Http.Answers;

namespace Lintel.Server.Reviews;

/// <summary>What the same keys did before: other decisions of that card, of that terminal.</summary>
internal static class ReviewHistory
{
    private const int MostForKey = 8;

    internal static async ValueTask WriteAsync(
        Utf8JsonWriter json, ReviewDesk desk, LiveService live, DecisionRecord decision)
    {
        json.WriteStartArray("history"u8);
        foreach (var (key, decisions) in await desk.HistoryAsync(decision, MostForKey).ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("key"u8, key.Name);
            json.WriteStartArray("decisions"u8);
            foreach (var other in decisions)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, other.IdUtf8);
                json.WriteString("known"u8, Answer.Time(other.Known));
                json.WriteString("decision"u8, other.Outcome);
                Answer.WriteNumber(json, "score"u8, other.Probability);
                json.WriteStartObject("event"u8);
                RecordJson.Write(json, live.ReadEvent(other));
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
