namespace Lintel.Pipeline.Live;

/// <summary>One thing wrong with a request: what, where, got, expected, and what to do. A request with a fault changes
/// nothing.</summary>
/// <param name="Pointer">JSON pointer into the body; empty: the whole of it.</param>
/// <param name="Status">HTTP status that says it best.</param>
public sealed record RequestFault(int Status, string Pointer, string What, string Got, string Expected, string Fix)
{
    /// <summary>Line of an NDJSON body, from 1; the pointer starts at its object. 0: the body has no lines.</summary>
    public int Line { get; init; }

    public const int Malformed = 400;
    public const int NotThere = 404;
    public const int Conflict = 409;
    public const int TooLarge = 413;
    public const int NotValid = 422;
}

/// <summary>A request that cannot be answered; carries every fault.</summary>
public sealed class RequestException(IReadOnlyList<RequestFault> faults)
    : Exception(string.Join("; ", faults.Select(static f =>
        $"{(f.Line == 0 ? "" : $"line {f.Line}, ")}{f.Pointer}: {f.What}, got {f.Got}, expected {f.Expected}; {f.Fix}")))
{
    public RequestException(RequestFault fault) : this([fault]) { }

    public IReadOnlyList<RequestFault> Faults { get; } = faults;
}
