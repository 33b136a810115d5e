using System.Globalization;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;

namespace Lintel.Training.Continuous;

/// <summary>Where learning stood at a place of the log: enough to go on as if it had never stopped.</summary>
internal sealed record LearningMark
{
    public required int Root { get; init; }

    /// <summary>Place of the log that the state stands at; names its file.</summary>
    public required long Place { get; init; }

    /// <summary>Version that is meant to be live.</summary>
    public required int Champion { get; init; }

    /// <summary>The live reference before that, version and ticks: while it still stands, the champion was never written.</summary>
    public required (int Version, long Since) Before { get; init; }

    /// <summary>When learning was last published or kept back, ticks UTC.</summary>
    public required long Published { get; init; }

    /// <summary>Published versions whose calibration lay in the band, the latest last.</summary>
    public required IReadOnlyList<int> Good { get; init; }
}

/// <summary>The folder <c>learning/</c>: <c>learner.bin</c>, replaced in one rename, names the state of the features that stands beside
/// it. A process that dies in between leaves the mark before, whole.</summary>
internal sealed class LearningFolder(string folder)
{
    private const string Kind = "learner";
    private const int Format = 1;

    private readonly string _markPath = Path.Combine(folder, "learner.bin");

    public string StatePath(long place) => Path.Combine(folder, place.ToString("D20", CultureInfo.InvariantCulture) + ".state");

    /// <summary>Writes the state at its place, unless it is there.</summary>
    public void SaveState(LiveState state, Action? written)
    {
        Directory.CreateDirectory(folder);
        var path = StatePath(state.NextPlace);
        if (!File.Exists(path)) { state.Save(path, written); }
    }

    /// <summary>Makes a mark the one that counts, and deletes the states of earlier ones.</summary>
    public void Save(LearningMark mark, StreamLearner learner, Action? written)
    {
        BlockFile.Write(_markPath, Kind, Format, writer =>
        {
            writer.Write(mark.Root);
            writer.Write(mark.Place);
            writer.Write(mark.Champion);
            writer.Write(mark.Before.Version);
            writer.Write(mark.Before.Since);
            writer.Write(mark.Published);
            writer.Write(mark.Good.Count);
            foreach (var good in mark.Good) { writer.Write(good); }
            learner.Write(writer);
        }, written);
        foreach (var path in Directory.GetFiles(folder, "*.state"))
        {
            if (path != StatePath(mark.Place)) { File.Delete(path); }
        }
    }

    /// <summary>Reads the mark that counts.</summary>
    /// <param name="learner">Makes what the mark says, and reads its learner; null: it is of another root.</param>
    /// <returns>Null: there is no mark, or it is of another root.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or missing.</exception>
    public T? Read<T>(Func<LearningMark, BinaryReader, T?> learner, Action? taken)
        where T : class
    {
        if (!File.Exists(_markPath)) { return null; }
        T? made = null;
        try
        {
            return BlockFile.Read(_markPath, Kind, Format, reader =>
            {
                var mark = ReadMark(reader);
                made = learner(mark, reader);
                // what is not wanted is not read to its end
                return made ?? throw new OtherRootException();
            }, taken);
        }
        catch (OtherRootException) { return null; }
    }

    private static LearningMark ReadMark(BinaryReader reader)
    {
        var (root, place, champion) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32());
        var before = (reader.ReadInt32(), reader.ReadInt64());
        var published = reader.ReadInt64();
        var good = new int[reader.ReadInt32()];
        for (var i = 0; i < good.Length; i++) { good[i] = reader.ReadInt32(); }
        return new() { Root = root, Place = place, Champion = champion, Before = before, Published = published, Good = good };
    }

    private sealed class OtherRootException : Exception;
}
