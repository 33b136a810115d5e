using System.Text;
using Lintel.Numerics.Random;
using Lintel.Numerics.Text;
using Lintel.Worlds.Posts;

namespace Lintel.Worlds.Tests.Posts;

/// <summary>A logistic regression over hashed words and neighbours of the post alone; the heavy one also over what a
/// bag of words does not hold: ordered pairs of words at any distance, and each word together with the author's people, with
/// whether they violated before, and with how suspect the post is that is answered.</summary>
internal sealed class WordsFit
{
    private const int Bits = 22;

    private readonly float[] _weights = new float[1 << Bits], _squares = new float[1 << Bits];
    private readonly PostsTruth _truth;
    private readonly WordsFit? _light;
    private readonly int[] _before;
    private readonly List<int> _features = [];
    private readonly int[] _counts = new int[1 << Bits];
    private int _leastCount;

    private WordsFit(PostsTruth truth, WordsFit? light)
    {
        (_truth, _light, _before) = (truth, light, new int[truth.PostCount]);
        var byAuthor = new Dictionary<int, int>();
        for (var post = 0; post < _before.Length; post++)
        {
            _before[post] = byAuthor.GetValueOrDefault(truth.AuthorOf(post));
            if (truth.Violates(post)) { byAuthor[truth.AuthorOf(post)] = _before[post] + 1; }
        }
    }

    /// <summary>Learns which of some posts violate.</summary>
    /// <param name="light">Tells a heavy model how suspect the post is that is answered; null: this is the light one.</param>
    public static WordsFit Of(PostsTruth truth, int[] posts, WordsFit? light = null)
    {
        var fit = new WordsFit(truth, light);
        int[] order = [.. posts];
        if (light is not null)
        {
            // of what the light model suspects: pairs that are frequent there; others would be learned by heart
            foreach (var post in posts.OrderByDescending(light.Score).Take(posts.Length / 20))
            {
                fit.Read(post);
                foreach (var feature in fit._features) { fit._counts[feature]++; }
            }
            fit._leastCount = 20;
        }
        var random = new RandomStream(1);
        for (var epoch = 0; epoch < 6; epoch++)
        {
            random.Shuffle<int>(order);
            foreach (var post in order) { fit.Learn(post, truth.Violates(post)); }
        }
        return fit;
    }

    /// <summary>Log odds.</summary>
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
            _weights[feature] -= 0.1f * gradient / MathF.Sqrt(_squares[feature] + 1);
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
        if (_light is null) { return; }
        // suspect above: four steps of log odds
        var above = _truth.ReplyTo(post) is >= 0 and var parent ? 1 + (ulong)Math.Clamp((_light.Score(parent) + 8) / 3, 0, 3) : 0;
        var people = _truth.PeopleOf(post) is { } name ? TextHash.Of(name) : 1;
        for (var i = 0; i < words.Length; i++)
        {
            for (var j = i + 2; j < words.Length && j <= i + 12; j++) { Add(3, TextHash.Join(words[i], words[j])); }
            Add(4, TextHash.Join(people, words[i]));
            Add(5, TextHash.Join(above, words[i]));
            Add(6, TextHash.Join((ulong)Math.Min(2, _before[post]), words[i]));
        }
    }

    private void Add(ulong kind, ulong word)
    {
        var feature = (int)TextHash.Id(TextHash.Join(kind, word), Bits);
        if (_counts[feature] >= _leastCount) { _features.Add(feature); }
    }

    private static ulong[] Words(string text)
    {
        var lower = new StringBuilder(text.ToLowerInvariant()).Replace(",", " ").Replace(".", " ").ToString();
        return [.. lower.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static w => TextHash.Of(w))];
    }
}
