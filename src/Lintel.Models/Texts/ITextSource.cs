using Lintel.Events;

namespace Lintel.Models.Texts;

/// <summary>The texts that a column's codes stand for. A model asks from whichever thread scores.</summary>
public interface ITextSource
{
    /// <param name="code">A row's value; missing is NaN.</param> <param name="text">Valid as long as its row is scored or learned.</param>
    /// <returns>False: there is no such text.</returns>
    bool TryText(float code, out ReadOnlySpan<char> text);
}

/// <summary>A model whose rows hold codes of texts. It is fitted or read without knowing whose codes they will be.</summary>
public interface ITextReader : IModel
{
    /// <summary>The same model, for rows whose codes stand for other texts; the weights are shared.</summary>
    IModel Reading(ITextSource texts);
}

/// <summary>Texts in a list: the code is the place.</summary>
public sealed class TextList(IReadOnlyList<string> texts) : ITextSource
{
    public bool TryText(float code, out ReadOnlySpan<char> text)
    {
        var isOne = code >= 0 && code < texts.Count;
        text = isOne ? texts[(int)code] : default;
        return isOne;
    }
}

/// <summary>Texts by their code in a dictionary; to be read by its owner, or when it grows no more.</summary>
public sealed class DictionaryTexts(CodeDictionary dictionary) : ITextSource
{
    public bool TryText(float code, out ReadOnlySpan<char> text)
    {
        var isOne = code >= 0 && code < dictionary.Count;
        text = isOne ? dictionary.Text((int)code) : default;
        return isOne;
    }
}
