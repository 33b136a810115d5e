namespace Lintel.Cli.Shell;

/// <summary>Wrong use or bad input, found by a verb: the message says what, and what to do.</summary>
public sealed class UsageException(string message) : Exception(message);
