using System.Runtime.InteropServices;
using Lintel.Design;
using Lintel.Events.Log;

namespace Lintel.Events.Catalogues;

/// <summary>A catalogue in a version's folder: a sealed file, so that serving has the things that training had.</summary>
public static class CatalogueFile
{
    private const string Kind = "catalogue";
    private const int Format = 1;

    /// <summary>Writes it; the folder is made where it is not there.</summary>
    public static void Write(string path, CatalogueTable table)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        SealedFile.Write(path, Kind, Format, writer =>
        {
            writer.Write(table.Design.Name);
            writer.Write(table.Count);
            writer.Write(table.Design.Fields.Length);
            Write<long>(writer, table.Froms);
            Write<long>(writer, table.Untils);
            for (var f = 0; f < table.Design.Fields.Length; f++)
            {
                writer.Write(table.Design.Fields[f].Name);
                writer.Write((int)table.Design.Fields[f].Type);
                Write<double>(writer, table.Column(f));
                if (table.ListStarts(f) is not { } starts) { continue; }
                Write<int>(writer, starts);
                writer.Write(starts[^1]);
                Write<int>(writer, table.ListMembers(f)!);
            }
        });
    }

    /// <exception cref="InvalidDataException">Cut short, altered, or of another design; the message says what to do.</exception>
    public static CatalogueTable Read(string path, CatalogueDesign design) => SealedFile.Read(path, Kind, Format, reader =>
    {
        var name = reader.ReadString();
        if (name != design.Name) { throw Other(path, $"catalogue '{name}'", $"'{design.Name}'"); }
        var (count, fieldCount) = (reader.ReadInt32(), reader.ReadInt32());
        if (fieldCount != design.Fields.Length) { throw Other(path, $"{fieldCount} fields", $"{design.Fields.Length}"); }
        var (from, until) = (Read<long>(reader, count, path), Read<long>(reader, count, path));
        var columns = new double[fieldCount][];
        var (starts, members) = (new int[]?[fieldCount], new int[]?[fieldCount]);
        for (var f = 0; f < fieldCount; f++)
        {
            var (field, type) = (reader.ReadString(), (Design.Expressions.DataType)reader.ReadInt32());
            if (field != design.Fields[f].Name || type != design.Fields[f].Type)
            {
                throw Other(path, $"field '{field}' ({type})", $"'{design.Fields[f].Name}' ({design.Fields[f].Type})");
            }
            columns[f] = Read<double>(reader, count, path);
            if (type != Design.Expressions.DataType.List) { continue; }
            starts[f] = Read<int>(reader, count + 1, path);
            members[f] = Read<int>(reader, reader.ReadInt32(), path);
        }
        return new CatalogueTable(design, columns, starts, members, from, until);
    });

    private static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values) where T : unmanaged =>
        writer.Write(MemoryMarshal.AsBytes(values));

    private static T[] Read<T>(BinaryReader reader, int count, string path) where T : unmanaged
    {
        var values = new T[count];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        return reader.Read(bytes) == bytes.Length
            ? values
            : throw new InvalidDataException($"{path}: ends inside its values. Restore it from a backup or train again.");
    }

    private static InvalidDataException Other(string path, string got, string expected) =>
        new($"{path}: holds {got}, expected {expected}: it is of another design. Train again, or serve the version with its own design.");
}
