using Lintel.Events.Log;
using Lintel.Features;

namespace Lintel.Pipeline.Live;

/// <summary>A live state on disk: dictionaries, records by id, the engine's state, under one checksum.</summary>
internal static class LiveStateFile
{
    private const string Kind = "live state";
    private const int Format = 1;

    internal static void Save(string path, LiveState state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        SealedFile.Write(path, Kind, Format, state.Write);
    }

    internal static LiveState Load(string path, CompiledDesign compiled, InstantOrder order, TimeSpan retention)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: not there; the version is incomplete, train again.");
        }
        try
        {
            return SealedFile.Read(path, Kind, Format, reader => LiveState.Read(reader, compiled, order, retention));
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException($"{path}: shorter than what it says it holds; train again.", fault);
        }
    }
}
