namespace Lintel.Cli.Shell;

/// <summary>What a verb ends with; scripts rely on the numbers.</summary>
internal enum ExitCode
{
    /// <summary>Done; the answer is yes.</summary>
    Done = 0,

    /// <summary>The answer is no: a review that blocks, a gate that fails, a mismatch.</summary>
    No = 1,

    /// <summary>Wrong use or bad input.</summary>
    BadInput = 2,

    /// <summary>A fault of the program.</summary>
    Fault = 3,

    /// <summary>Stopped from the keyboard.</summary>
    Stopped = 130,
}
