namespace Lintel.Design.Diagnostics;

/// <summary>A place in a file that a person wrote; line and column count from 1.</summary>
public readonly record struct SourceSpan(string File, int Line, int Column, int Length = 1)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>How much a finding weighs: an error stops, a warning is shown, a note informs.</summary>
public enum Severity
{
    Note,
    Warning,
    Error,
}

/// <summary>One fault or finding: what, where, got, expected, and what to do.</summary>
/// <param name="Code">Stable code, <c>LT</c> and four digits: 01xx the design file, 02xx expressions, 03xx data, 04xx
/// review.</param>
public sealed record Diagnostic(
    string Code,
    Severity Severity,
    SourceSpan At,
    string Message,
    string? Got = null,
    string? Expected = null,
    string? Fix = null)
{
    public override string ToString()
    {
        var text = $"{At}: {Severity.ToString().ToLowerInvariant()} {Code}: {Message}";
        if (Got is not null) { text += $"; got {Got}"; }
        if (Expected is not null) { text += $"; expected {Expected}"; }
        return Fix is null ? text : $"{text}; {Fix}";
    }
}

/// <summary>Collects every fault, so that all are reported at once; nothing is applied while one is an error.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _all = [];

    public IReadOnlyList<Diagnostic> All => _all;

    public bool HasErrors => _all.Exists(static d => d.Severity == Severity.Error);

    public void Add(Diagnostic diagnostic) => _all.Add(diagnostic);

    public void Error(
        string code, SourceSpan at, string message, string? got = null, string? expected = null, string? fix = null) =>
        _all.Add(new(code, Severity.Error, at, message, got, expected, fix));

    public void Warning(
        string code, SourceSpan at, string message, string? got = null, string? expected = null, string? fix = null) =>
        _all.Add(new(code, Severity.Warning, at, message, got, expected, fix));

    /// <summary>Throws every collected fault at once when one of them is an error.</summary>
    public void ThrowIfErrors()
    {
        if (HasErrors) { throw new DesignException(_all); }
    }
}

/// <summary>A design, or input named by it, that cannot be used; carries every diagnostic.</summary>
public sealed class DesignException(IReadOnlyList<Diagnostic> diagnostics)
    : Exception(string.Join(Environment.NewLine, diagnostics))
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
