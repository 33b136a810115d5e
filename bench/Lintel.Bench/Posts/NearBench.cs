using System.Diagnostics;
using Lintel.Numerics.Random;
using Lintel.Numerics.Tests.Text.Posts;
using Lintel.Numerics.Text.Near;
using Lintel.Numerics.Text.Posts;

namespace Lintel.Bench.Posts;

/// <summary>Near copies of real tweets: recall beside a comparison with all of them, time, memory.</summary>
internal static class NearBench
{
    private const int Asked = 1_000;

    public static void Run(string folder)
    {
        string[] texts =
        [
            .. PostSet.Davidson(Path.Combine(folder, "davidson", "train.csv")).Texts,
            .. PostSet.Tweets(Path.Combine(folder, "tweeteval_offensive_olid"), "train").Texts, .. PostSet.Tweets(Path.Combine(folder, "tweeteval_hate"), "train").Texts,
        ];
        var random = new RandomStream(21);
        string[] copies = [.. Enumerable.Range(0, Asked).Select(i => Copy(texts[random.NextInt32(texts.Length)], random, i))];
        foreach (var least in (double[])[0.9, 0.8]) { Measure(texts, copies, least); }
    }

    private static void Measure(string[] texts, string[] copies, double least)
    {
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var near = new NearTexts(least);
        for (var i = 0; i < texts.Length; i++) { near.Add(i, texts[i]); }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        memory = GC.GetTotalMemory(forceFullCollection: true) - memory;
        var all = Array.ConvertAll(texts, Pieces);
        var times = new Timings(copies.Length);
        var (alike, found) = (0, 0);
        foreach (var copy in copies)
        {
            start = Stopwatch.GetTimestamp();
            var answer = near.Find(copy);
            times.Add(Stopwatch.GetTimestamp() - start);
            var pieces = Pieces(copy);
            var best = 0.0;
            foreach (var other in all) { best = Math.Max(best, TextPieces.Likeness(pieces, other)); }
            alike += best >= least ? 1 : 0;
            found += best >= least && answer.Likeness == best ? 1 : 0;
        }
        Console.WriteLine($"near texts from {least}: {texts.Length:N0} tweets added in {seconds:F2} s ({1e6 * seconds / texts.Length:F1} us each), {(double)memory / texts.Length:N0} bytes each; "
            + $"{found:N0} of {alike:N0} near copies found ({(double)found / alike:P2}) among {copies.Length:N0}; p50 {times.Microseconds(0.5):F1} us, p99 {times.Microseconds(0.99):F1} us");
        GC.KeepAlive(near);
    }

    /// <summary>A text as those repeat it who were stopped: hidden, with up to two words changed, or something added.</summary>
    private static string Copy(string text, RandomStream random, int number)
    {
        var words = text.Split(' ');
        for (var edits = random.NextInt32(3); edits > 0; edits--) { words[random.NextInt32(words.Length)] = "other"; }
        var changed = string.Join(' ', words) + (random.NextInt32(3) == 0 ? " pls read" : "");
        return new Obfuscator((ulong)number, 0.3).Hide(changed, (Disguise)random.NextInt32(4));
    }

    private static ulong[] Pieces(string text)
    {
        var normal = new PostNormaliser().Normalise(text);
        var pieces = new ulong[TextPieces.Most(normal.Length)];
        return pieces[..TextPieces.Read(normal, pieces)];
    }
}
