namespace Lintel.Models;

/// <summary>These rows cannot be fitted on: what is wrong with them, where, and what to do.</summary>
public sealed class FitException(string message) : Exception(message);
