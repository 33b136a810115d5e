using System.Text;
using Lintel.Design;
using Lintel.Events;

namespace Lintel.Pipeline.Live;

/// <content>Texts and their codes.</content>
public sealed partial class LiveState
{
    /// <summary>Code of a text; one that nobody has seen gets a code that no record has, and none is given.</summary>
    internal double CodeOf(EventDesign type, int column, ReadOnlySpan<char> text)
    {
        var dictionary = _dictionaries[type.Number][column]!;
        var code = dictionary.Find(text);
        return code >= 0 ? code : dictionary.Count;
    }

    /// <summary>The first column of a record whose text is new to a dictionary that is full.</summary>
    /// <param name="most">Texts of a full one.</param> <returns>−1: there is none.</returns>
    internal int FullColumn(IncomingRecord record, int most)
    {
        Span<char> chars = stackalloc char[RecordValues.MaxTextBytes];
        foreach (var text in record.Texts)
        {
            var dictionary = _dictionaries[record.Event.Number][text.Column]!;
            if (dictionary.Count < most) { continue; }
            if (dictionary.Find(chars[..Encoding.UTF8.GetChars(record.Bytes(text.Text), chars)]) < 0) { return text.Column; }
        }
        return -1;
    }

    /// <summary>Sees that a state's codes are those of the version, and gives the version those that came later.</summary>
    internal static void Join(CodeDictionaries saved, CodeDictionaries now)
    {
        foreach (var dictionary in saved.All)
        {
            var target = now[dictionary.Domain];
            for (var code = 0; code < dictionary.Count; code++)
            {
                var text = dictionary.Text(code);
                if (target.Add(text) != code)
                {
                    throw new InvalidDataException(
                        $"'{text}' of {dictionary.Domain} has code {target.Find(text)} in the version and {code} in its state: they do not "
                        + "belong together; train again.");
                }
            }
        }
    }
}
