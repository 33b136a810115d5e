using System.Text;
using Lintel.Numerics.Random;
using Lintel.Numerics.Text;
using Lintel.Worlds.Posts;

namespace Lintel.Worlds.Tests.Posts;

/// <summary>A logistic regression over hashed words: of the post alone, and with what a bag of words does not hold, ordered pairs of
/// words at any distance and pairs of the author's people or a word of the post that is answered with a word of the post.</summary>
internal sealed class WordsFit
{
    private const int Bits = 20;

    private readonly float[] _weights = new float[1 << Bits], _squares = new float[1 << Bits];
    private readonly bool _isHeavy;
    private readonly PostsTruth _truth;
    private readonly List<int> _features = [];

    private WordsFit(PostsTruth truth, bool isHeavy) => (_truth, _isHeavy) = (truth, isHeavy);

    /// <summary>Learns which of some posts violate.</summary>
    public static WordsFit Of(PostsTruth truth, int[] posts, bool isHeavy, int epochs = 4)
    {
        var fit = new WordsFit(truth, isHeavy);
        int[] order = [.. posts];
        var random = new RandomStream(1);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle<int>(order);
            foreach (var post in order) { fit.Learn(post, truth.Violates(post)); }
        }
        return fit;
    }

    public double Score(int post)
    {
        Read(post);
        double sum = 0;
        foreach (var feature in _features) { sum += _weights[feature]; }
        return sum;
    }

    private void Learn(int post, bool violates)
    {
        var gradient = (float)((1 / (1 + Math.Exp(-Score(post)))) - (violates ? 1 : 0));
        foreach (var feature in _features)
        {
            _squares[feature] += gradient * gradient;
            _weights[feature] -= 0.2f * gradient / MathF.Sqrt(_squares[feature] + 1e-4f);
        }
    }

    private void Read(int post)
    {
        _features.Clear();
        var words = Words(_truth.Text(post));
        Add(0, 0);
        for (var i = 0; i < words.Length; i++)
        {
            Add(1, words[i]);
            if (i > 0) { Add(2, TextHash.Join(words[i - 1], words[i])); }
        }
        if (!_isHeavy) { return; }
        ulong[] above = _truth.ReplyTo(post) is >= 0 and var parent ? Words(_truth.Text(parent)) : [];
        var people = _truth.PeopleOf(post) is { } name ? TextHash.Of(name) : 1;
        for (var i = 0; i < words.Length; i++)
        {
            for (var j = i + 2; j < words.Length && j <= i + 12; j++) { Add(3, TextHash.Join(words[i], words[j])); }
            Add(4, TextHash.Join(people, words[i]));
            foreach (var word in above) { Add(5, TextHash.Join(word, words[i])); }
        }
    }

    private void Add(ulong kind, ulong word) => _features.Add((int)TextHash.Id(TextHash.Join(kind, word), Bits));

    private static ulong[] Words(string text)
    {
        var lower = new StringBuilder(text.ToLowerInvariant()).Replace(",", " ").Replace(".", " ").ToString();
        return [.. lower.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static w => TextHash.Of(w))];
    }
}
