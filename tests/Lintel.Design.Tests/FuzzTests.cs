using System.Diagnostics;
using System.Text;
using Lintel.Design.Diagnostics;
using Lintel.Design.Tests.Expressions;
using Checked = Lintel.Design.Tests.Expressions.Expressions;

namespace Lintel.Design.Tests;

/// <summary>100,000 random inputs: none may crash or hang, and what is refused must be told. On an idle core all take a few seconds;
/// the bound is wide because tests share their machine.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Words =
    [
        "order", "verdict", "price", "gift", "city", "user", "shop", "time", "recent", "since_last", "m", "count", "mean", "last", "since", "min",
        "by", "over", "where", "and", "or", "not", "in", "if", "then", "else", "missing", "true", "threshold", "precision", "top", "within", "hour", "days",
        "(", ")", "[", "]", ",", ".", "+", "-", "*", "/", "<", "<=", "=", "==", "!=", "??", "7d", "90%", "12", "1e3", "2018-07-25", "'a'", "\"", "`x`", "{", "}", "#",
    ];

    [Fact]
    public void Random_texts_as_expressions_neither_crash_nor_hang() => Run(25_000, 1, static random =>
    {
        var text = new StringBuilder();
        for (var i = random.Next(60); i > 0; i--)
        {
            text.Append(random.Next(8) == 0 ? (char)random.Next(0x10000) : (char)random.Next(32, 127));
        }
        return text.ToString();
    });

    [Fact]
    public void Token_soup_neither_crashes_nor_hangs() => Run(30_000, 2, static random =>
        string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 30)).Select(_ => Words[random.Next(Words.Length)])));

    [Fact]
    public void Mutated_expressions_neither_crash_nor_hang() => Run(37_000, 3, static random =>
        Mutate(new RandomExpressions(random.Next()).Any(3), random));

    [Fact]
    public void Mutated_designs_and_random_bytes_as_designs_neither_crash_nor_hang()
    {
        var random = new Random(4);
        var bytes = new byte[400];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 8_000; i++)
        {
            string text;
            if (i % 4 == 0)
            {
                random.NextBytes(bytes);
                text = Encoding.UTF8.GetString(bytes.AsSpan(0, random.Next(bytes.Length)));
            }
            else { text = Mutate(FraudDesign.Text, random); }
            var diagnostics = new DiagnosticBag();
            var design = DesignFile.Parse("x.yaml", text, TestKinds.All, diagnostics);
            (design is null).ShouldBe(diagnostics.HasErrors, text);
            AssertPlaces(diagnostics, text);
        }
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(3));
    }

    private static void Run(int count, int seed, Func<Random, string> write)
    {
        var random = new Random(seed);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var text = write(random);
            var diagnostics = new DiagnosticBag();
            var expression = Checked.Check(text, diagnostics, policy: i % 2 == 0);
            (expression is null).ShouldBe(diagnostics.HasErrors, text);
            AssertPlaces(diagnostics, text);
        }
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(3));
    }

    private static void AssertPlaces(DiagnosticBag diagnostics, string text)
    {
        var lines = 1 + text.Count(static c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' or '\f');
        foreach (var fault in diagnostics.All)
        {
            fault.At.Line.ShouldBeInRange(1, lines + 1, text);
            fault.At.Column.ShouldBeInRange(1, text.Length + 2, text);
        }
    }

    /// <summary>Deletes, doubles, swaps, or puts in a word, one to four times.</summary>
    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var i = random.Next(1, 5); i > 0 && mutated.Length > 2; i--)
        {
            var at = random.Next(mutated.Length);
            var length = Math.Min(random.Next(1, 12), mutated.Length - at);
            switch (random.Next(4))
            {
                case 0: mutated.Remove(at, length); break;
                case 1: mutated.Insert(at, mutated.ToString(at, length)); break;
                case 2: mutated.Insert(at, Words[random.Next(Words.Length)]); break;
                default: mutated[at] = (char)random.Next(32, 127); break;
            }
        }
        return mutated.ToString();
    }
}
