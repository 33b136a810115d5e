using System.Text.Json;
using Lintel.Decisions.Review;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Reviews;

namespace Lintel.Server.Reviews;

/// <summary>Reads what a reviewer sent.</summary>
internal static class ReviewBody
{
    private const string Expected = "by, act, id (claim), for (claim, extend), value (verdict), note, overrule";

    /// <param name="item">Of the path; null: the body may name one.</param>
    /// <exception cref="RequestException">Not JSON, or of another shape.</exception>
    internal static ReviewWish Read(ReadOnlySpan<byte> body, ReviewActKind kind, string? item)
    {
        using var document = Parse(body);
        try { return Read(document, kind, item); }
        catch (InvalidOperationException fault)
        {
            // an escape such as \ud800 alone is JSON, but no text
            throw new RequestException(new RequestFault(RequestFault.Malformed, "", "a text cannot be read", fault.Message,
                "texts in UTF-8", "correct the text"));
        }
    }

    private static ReviewWish Read(JsonDocument document, ReviewActKind kind, string? item)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new RequestException(new RequestFault(RequestFault.NotValid, "", "an act is a JSON object",
                document.RootElement.ValueKind.ToString(), "an object", "send { \"by\": \"your name\" }"));
        }
        var wish = new ReviewWish { Kind = kind, Item = item, By = "" };
        var faults = new List<RequestFault>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            wish = (property.Name, property.Value.ValueKind) switch
            {
                ("by", JsonValueKind.String) => wish with { By = property.Value.GetString()!.Trim() },
                ("act", JsonValueKind.String) => wish with { Act = property.Value.GetString()! },
                ("note", JsonValueKind.String) => wish with { Note = property.Value.GetString()! },
                ("id", JsonValueKind.String) when item is null => wish with { Item = property.Value.GetString() },
                ("for", JsonValueKind.Number) when Seconds(property.Value) is { } time => wish with { For = time },
                ("value", JsonValueKind.True) => wish with { Value = 1 },
                ("value", JsonValueKind.False) => wish with { Value = 0 },
                ("overrule", JsonValueKind.True or JsonValueKind.False) =>
                    wish with { Overrule = property.Value.GetBoolean() },
                _ => Fault(wish, property, faults),
            };
        }
        return faults.Count == 0 ? wish : throw new RequestException(faults);
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? throw new JsonException("more than one value") : document;
        }
        catch (JsonException fault)
        {
            throw new RequestException(new RequestFault(RequestFault.Malformed, "", "the body is not JSON",
                body.IsEmpty ? "an empty body" : fault.Message.Split(" LineNumber:")[0], "a JSON object in UTF-8",
                "send { \"by\": \"your name\" }"));
        }
    }

    private static TimeSpan? Seconds(JsonElement value) =>
        value.GetDouble() is >= 0 and <= 1e9 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static ReviewWish Fault(ReviewWish wish, JsonProperty property, List<RequestFault> faults)
    {
        var expected = property.Name switch
        {
            "by" or "act" or "note" => "a text",
            "id" => "a text, where the path names no item",
            "for" => "a number of seconds",
            "value" or "overrule" => "true or false",
            _ => null,
        };
        var got = property.Value.GetRawText();
        faults.Add(new(RequestFault.NotValid, $"/{property.Name}",
            expected is null ? $"an act has no '{property.Name}'" : $"'{property.Name}' cannot be read",
            got.Length > 40 ? got[..40] + "…" : got, expected ?? Expected, "correct or remove it"));
        return wish;
    }
}
