using Lintel.Events;
using Lintel.Events.Log;
using Lintel.Features;

namespace Lintel.Pipeline.Live;

/// <summary>A live state on disk: whose it is, dictionaries, records by id, ledgers, the engine's state, under
/// checksums.</summary>
internal static class LiveStateFile
{
    private const string Kind = "live state";
    private const int Format = 2;

    /// <param name="written">Told behind each block of 1 MiB; may wait.</param>
    internal static void Save(string path, LiveState state, StateOwner owner, Action? written = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        BlockFile.Write(path, Kind, Format, writer =>
        {
            owner.Write(writer);
            state.Compiled.Dictionaries.Write(writer);
            state.Write(writer);
        }, written);
    }

    /// <summary>Reads a state into a compiled design, whose dictionaries gain the codes of the state's.</summary>
    internal static LiveState Load(string path, CompiledDesign compiled, InstantOrder order, TimeSpan retention) =>
        Read(path, null, null, (reader, dictionaries) =>
        {
            LiveState.Join(dictionaries, compiled.Dictionaries);
            return LiveState.Read(reader, compiled, order, retention);
        });

    /// <summary>Reads a state that stands for itself: the design is compiled anew over the state's own dictionaries, so
    /// nothing is shared with another state.</summary>
    /// <param name="owner">Whose it must be; null: anyone's.</param>
    /// <param name="taken">Told behind each block of 1 MiB; may wait.</param>
    /// <exception cref="InvalidDataException">Cut short, altered, of another design, or not the owner's.</exception>
    internal static LiveState LoadAlone(string path, CompiledDesign compiled, StateOwner? owner, InstantOrder order,
        TimeSpan retention, Action? taken = null) =>
        Read(path, owner, taken, (reader, dictionaries) =>
            LiveState.Read(reader, compiled.Over(dictionaries), order, retention));

    private static LiveState Read(string path, StateOwner? owner, Action? taken,
        Func<BinaryReader, CodeDictionaries, LiveState> read)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: not there; the version is incomplete, train again.");
        }
        return BlockFile.Read(path, Kind, Format, reader =>
        {
            var got = StateOwner.Read(reader);
            if (owner is { } wanted && got != wanted)
            {
                throw new InvalidDataException($"{path}: belongs to {got}, expected {wanted}.");
            }
            return read(reader, CodeDictionaries.Read(reader));
        }, taken);
    }
}

/// <summary>Whose state a file holds.</summary>
/// <param name="Version">Number of the version.</param>
/// <param name="Mark">What tells it from another of the same number: the hash of the state that it was made
/// with.</param>
internal readonly record struct StateOwner(int Version, string Mark)
{
    /// <summary>Of the state that training makes: it stands in its version's folder, under the manifest's seal.</summary>
    internal static StateOwner None { get; } = new(0, "");

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(Mark);
    }

    internal static StateOwner Read(BinaryReader reader) => new(reader.ReadInt32(), reader.ReadString());

    public override string ToString() => Version == 0 ? "a version's folder" : $"version {Version} of {Mark}";
}
