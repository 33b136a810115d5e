using System.Text.Json;
using Lintel.Decisions.Lists;
using Lintel.Design.Expressions;

namespace Lintel.Pipeline.Live.Lists;

/// <summary>How a key is put into a list: <c>{"for":"30d","why":"…","by":"…"}</c>, or <c>until</c> an instant; neither: it
/// stays until it is taken away.</summary>
/// <param name="For">Microseconds from the acceptance on.</param>
/// <param name="Until">Microseconds since 1970 UTC.</param>
public sealed record ListRequest(long? For, long? Until, string By, string Why)
{
    private const string Expected = "for (a duration such as 30d) or until (an ISO 8601 time), by, why";

    /// <summary>Reads the body of a request; an empty one says nothing.</summary>
    /// <exception cref="RequestException">It cannot be read.</exception>
    public static ListRequest Read(ReadOnlySpan<byte> body)
    {
        var faults = new List<RequestFault>();
        var read = new ListRequest(null, null, "", "");
        if (body.IsEmpty) { return read; }
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new RequestException(new RequestFault(RequestFault.NotValid, "", "a list change is a JSON object",
                    RecordFaults.Got(ref reader), Expected, "send for example { \"for\": \"30d\", \"why\": \"stolen\" }"));
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                read = ReadOne(ref reader, name, read, faults);
                reader.Skip();
            }
        }
        catch (JsonException fault) { faults.Add(RecordFaults.Malformed(fault, isEmpty: false)); }
        if (read is { For: not null, Until: not null })
        {
            faults.Add(new(RequestFault.NotValid, "/until", "the end is said twice", "for and until", "one of them",
                "remove one"));
        }
        return faults.Count == 0 ? read : throw new RequestException(faults);
    }

    private static ListRequest ReadOne(ref Utf8JsonReader reader, string name, ListRequest read,
        List<RequestFault> faults)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : null;
        switch (name)
        {
            case "for" when Units.TryDuration(text, out var duration) && duration > 0: return read with { For = duration };
            case "until" when text is not null && reader.TryGetDateTimeOffset(out var until):
                return read with { Until = (until.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond };
            case "by" when text is { Length: <= ListChange.MaxText }: return read with { By = text };
            case "why" when text is { Length: <= ListChange.MaxText }: return read with { Why = text };
            case "for" or "until" or "by" or "why":
                faults.Add(new(RequestFault.NotValid, "/" + name, $"'{name}' cannot be read", RecordFaults.Got(ref reader),
                    name switch
                    {
                        "for" => "a duration above zero such as 12h or 30d",
                        "until" => "an ISO 8601 time",
                        _ => $"a text of at most {ListChange.MaxText} characters",
                    }, "correct the value"));
                return read;
            default:
                faults.Add(new(RequestFault.NotValid, "/" + name, $"a list change has no '{name}'", name, Expected,
                    "remove it"));
                return read;
        }
    }
}
