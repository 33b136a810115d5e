using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lintel.Server.Http;

/// <summary>Faults as RFC 9457 problem documents: what, where, got, expected, and what to do.</summary>
internal static class Problem
{
    internal const string ContentType = "application/problem+json";

    /// <summary>Writes every fault of a request; the status is that of the first.</summary>
    internal static int Write(Utf8JsonWriter json, PathString instance, IReadOnlyList<RequestFault> faults)
    {
        var first = faults[0];
        json.WriteStartObject();
        json.WriteString("type"u8, TypeOf(first.Status));
        json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(first.Status));
        json.WriteNumber("status"u8, first.Status);
        json.WriteString("detail"u8, faults.Count == 1
            ? Sentence(first) : $"{Sentence(first)} ({faults.Count - 1} more below)");
        json.WriteString("instance"u8, instance.Value);
        json.WriteStartArray("errors"u8);
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            if (fault.Line > 0) { json.WriteNumber("line"u8, fault.Line); }
            json.WriteString("pointer"u8, "#" + fault.Pointer);
            json.WriteString("what"u8, fault.What);
            json.WriteString("got"u8, fault.Got);
            json.WriteString("expected"u8, fault.Expected);
            json.WriteString("fix"u8, fault.Fix);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return first.Status;
    }

    internal static RequestFault TooLarge(long? got, int limit) => new(RequestFault.TooLarge, "",
        "the body is past the limit",
        got is { } bytes ? $"{bytes} bytes" : $"more than {limit} bytes", $"at most {limit} bytes",
        "send the records in several requests");

    internal static RequestFault NoRoute(HttpRequest request, IEnumerable<RouteName> routes) => new(
        RequestFault.NotThere, "", "nothing answers here", $"{request.Method} {request.Path.Value}",
        "one of: " + string.Join(", ", routes.Select(static r => r.Usage)), "check method and path");

    internal static RequestFault Unavailable(Exception fault) => new(StatusCodes.Status503ServiceUnavailable, "",
        "the log takes no records: nothing of this request was acknowledged", fault.Message,
        "a log that can be written",
        "send the request again, with the same ids, once the server runs again");

    internal static RequestFault Internal(Exception fault) => new(StatusCodes.Status500InternalServerError, "",
        "an internal fault", $"{fault.GetType().Name}: {fault.Message}", "an answer",
        "send it again; if it stays, report it with this text");

    private static string Sentence(RequestFault fault) =>
        $"{(fault.Line == 0 ? "" : $"line {fault.Line}: ")}{(fault.Pointer.Length == 0 ? "" : fault.Pointer + ": ")}{fault.What}; got {fault.Got}, expected {fault.Expected}; {fault.Fix}";

    private static string TypeOf(int status) => status switch
    {
        RequestFault.Malformed => "urn:lintel:problem:malformed",
        RequestFault.NotThere => "urn:lintel:problem:not-there",
        RequestFault.Conflict => "urn:lintel:problem:conflict",
        RequestFault.TooLarge => "urn:lintel:problem:too-large",
        RequestFault.NotValid => "urn:lintel:problem:not-valid",
        StatusCodes.Status429TooManyRequests => "urn:lintel:problem:too-many",
        StatusCodes.Status503ServiceUnavailable => "urn:lintel:problem:unavailable",
        _ => "urn:lintel:problem:internal",
    };
}
