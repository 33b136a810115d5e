using Lintel.Events.Log;
using Lintel.Numerics.Text.Near;

namespace Lintel.Events.Texts;

/// <summary>Texts to be found again, as a file.</summary>
public static class NearTextsFile
{
    private const string Kind = "near texts";

    /// <summary>Format of the payload; raised too when the normal form of texts changes, since pieces are kept, not texts.</summary>
    private const int Format = 1;

    public static void Write(string path, NearTexts texts) => SealedFile.Write(path, Kind, Format, texts.Write);

    /// <exception cref="InvalidDataException">Cut short, altered, another kind, or no such texts; the message says which.</exception>
    public static NearTexts Read(string path) => SealedFile.Read(path, Kind, Format, reader =>
    {
        try
        {
            var texts = NearTexts.Read(reader);
            var left = reader.BaseStream.Length - reader.BaseStream.Position;
            return left == 0 ? texts : throw new InvalidDataException($"{left:N0} bytes are left after its end");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: the {Kind} in it cannot be read: {e.Message}. Make it again from its texts.", e);
        }
    });
}
