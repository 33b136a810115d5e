using System.Runtime.InteropServices;
using Lintel.Models;
using Lintel.Numerics.Text.Analysis;

namespace Lintel.Retrieval.Words;

/// <summary>An index as a file: settings, the analysis' steps, then each segment with what was removed from it. Little-endian.</summary>
/// <remarks>Reading goes through every block once, so that a damaged one is refused here and not found by a query.</remarks>
public static class WordFormat
{
    /// <summary>Bounds on what a damaged file may ask for.</summary>
    private const int MaxSegments = 10_000, MaxSteps = 100, MaxDocuments = 1 << 28, MaxBlocks = 1 << 28;

    public static void Write(BinaryWriter writer, WordIndex index)
    {
        writer.Write(index.Settings.K1);
        writer.Write(index.Settings.Fields.Count);
        foreach (var (name, weight, b) in index.Settings.Fields)
        {
            writer.Write(name);
            writer.Write(weight);
            writer.Write(b);
        }
        writer.Write(index.Analyser.Steps.Count);
        foreach (var step in index.Analyser.Steps) { writer.Write(step); }
        writer.Write(index.Segments.Count);
        foreach (var view in index.Segments) { Write(writer, view); }
    }

    /// <param name="analyser">That of the design: its steps are those that the index was made with.</param>
    /// <exception cref="InvalidDataException">Cut short, altered, or made with another analysis.</exception>
    public static WordIndex Read(BinaryReader reader, TextAnalyser analyser)
    {
        try { return ReadWhole(reader, analyser); }
        catch (Exception fault) when (fault is EndOfStreamException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"the index of words is damaged ({fault.Message}); index again", fault);
        }
    }

    private static WordIndex ReadWhole(BinaryReader reader, TextAnalyser analyser)
    {
        var k1 = Payload.ReadNumber(reader, "k1");
        var fields = new WordField[Payload.ReadCount(reader, "fields", 1, Bm25Settings.MaxFields)];
        for (var f = 0; f < fields.Length; f++)
        {
            fields[f] = new(reader.ReadString(), Payload.ReadNumber(reader, "weight"), Payload.ReadNumber(reader, "b"));
        }
        var settings = new Bm25Settings(fields, k1);
        var steps = new string[Payload.ReadCount(reader, "steps", 0, MaxSteps)];
        for (var s = 0; s < steps.Length; s++) { steps[s] = reader.ReadString(); }
        if (!steps.SequenceEqual(analyser.Steps))
        {
            throw new InvalidDataException(
                $"the index was made with analyse: [{string.Join(", ", steps)}], the design has [{string.Join(", ", analyser.Steps)}]; index again");
        }
        var segments = new SegmentView[Payload.ReadCount(reader, "segments", 0, MaxSegments, sizeof(int))];
        for (var s = 0; s < segments.Length; s++) { segments[s] = ReadSegment(reader, settings); }
        var seen = new HashSet<int>();
        foreach (var view in segments)
        {
            for (var d = 0; d < view.Segment.DocumentCount; d++)
            {
                if (!view.IsRemoved(d) && !seen.Add(view.Segment.Codes[d]))
                {
                    throw new InvalidDataException($"document {view.Segment.Codes[d]} is in two segments; index again");
                }
            }
        }
        return WordIndex.Of(settings, analyser, segments);
    }

    private static void Write(BinaryWriter writer, SegmentView view)
    {
        var segment = view.Segment;
        writer.Write(segment.DocumentCount);
        Write<int>(writer, segment.Codes);
        foreach (var lengths in segment.Lengths) { Write<ushort>(writer, lengths); }
        segment.Terms.Write(writer);
        Write<int>(writer, segment.Counts);
        Write<int>(writer, segment.FirstBlocks);
        Write<int>(writer, segment.Last);
        Write<int>(writer, segment.Offsets);
        Write<float>(writer, segment.Maxima);
        Write<double>(writer, segment.Averages);
        writer.Write(segment.Bytes.Length);
        Write<byte>(writer, segment.Bytes);
        writer.Write(view.Removed is not null);
        if (view.Removed is not null) { Write<ulong>(writer, view.Removed); }
    }

    private static SegmentView ReadSegment(BinaryReader reader, Bm25Settings settings)
    {
        var fields = settings.Fields.Count;
        var documents = Payload.ReadCount(reader, "documents", 0, MaxDocuments, sizeof(int) + (sizeof(ushort) * fields));
        var codes = Read<int>(reader, documents);
        var lengths = new ushort[fields][];
        for (var f = 0; f < fields; f++) { lengths[f] = Read<ushort>(reader, documents); }
        var terms = Vocabulary.Read(reader);
        var counts = Read<int>(reader, terms.Count);
        var firstBlocks = Read<int>(reader, terms.Count + 1);
        CheckBlocks(counts, firstBlocks, documents);
        var segment = new Segment
        {
            Codes = codes,
            Lengths = lengths,
            Terms = terms,
            Counts = counts,
            FirstBlocks = firstBlocks,
            Last = Read<int>(reader, firstBlocks[^1]),
            Offsets = Read<int>(reader, firstBlocks[^1]),
            Maxima = Read<float>(reader, firstBlocks[^1]),
            Averages = Read<double>(reader, fields),
            Bytes = Read<byte>(reader, Payload.ReadCount(reader, "bytes of postings", 0, Array.MaxLength, 1)),
        };
        SegmentCheck.Run(segment, settings);
        var view = SegmentView.Of(segment);
        if (!reader.ReadBoolean()) { return view; }
        var removed = Read<ulong>(reader, (documents + 63) / 64);
        return view.Without([.. Enumerable.Range(0, documents).Where(d => (removed[d >> 6] >> (d & 63) & 1) != 0)]);
    }

    private static void CheckBlocks(int[] counts, int[] firstBlocks, int documents)
    {
        for (var t = 0; t < counts.Length; t++)
        {
            var blocks = ((long)counts[t] + BlockCodec.Size - 1) / BlockCodec.Size;
            if (firstBlocks[0] != 0 || counts[t] < 1 || counts[t] > documents || firstBlocks[t + 1] != firstBlocks[t] + blocks
                || firstBlocks[t + 1] > MaxBlocks)
            {
                throw new InvalidDataException($"term {t} is in {counts[t]:N0} of {documents:N0} documents and has blocks {firstBlocks[t]:N0} to "
                    + $"{firstBlocks[t + 1]:N0}; index again");
            }
        }
    }

    private static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(values));

    private static T[] Read<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var bytes = (long)count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (bytes > left) { throw new InvalidDataException($"{count:N0} numbers need {bytes:N0} bytes, {left:N0} are left; index again"); }
        var values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
