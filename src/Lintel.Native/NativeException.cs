namespace Lintel.Native;

/// <summary>A native library that failed or is not there: which one, in what operation, and its own message.</summary>
public sealed class NativeException(string library, string operation, string message)
    : Exception($"{library}: {operation}: {message}")
{
    public string Library { get; } = library;

    public string Operation { get; } = operation;
}
