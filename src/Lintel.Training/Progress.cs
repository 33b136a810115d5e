namespace Lintel.Training;

/// <summary>Where a long piece of work says how far it is; how that looks is the caller's choice. Calls come from one thread at
/// a time, except <see cref="Report"/>, which may come from any.</summary>
public interface ITrainingProgress
{
    /// <summary>A new stage begins and the one before it is done.</summary>
    /// <param name="name">Short, in the field's words: <c>replay</c>, <c>fit known</c>, <c>evaluate</c>.</param>
    void Stage(string name);

    /// <summary>How much of the current stage is done.</summary>
    /// <param name="share">0 to 1; outside it is brought to the nearest end.</param>
    /// <param name="note">A few words beside the bar, e.g. <c>fold 2 of 5</c>; null keeps what is there.</param>
    void Report(double share, string? note);

    /// <summary>A line worth keeping: it stays on the screen above the bars.</summary>
    void Note(string line);
}

/// <summary>Says nothing: for tests and for callers that do not watch.</summary>
public sealed class NoProgress : ITrainingProgress
{
    private NoProgress() { }

    public static NoProgress Instance { get; } = new();

    public void Stage(string name) { }

    public void Report(double share, string? note) { }

    public void Note(string line) { }
}
