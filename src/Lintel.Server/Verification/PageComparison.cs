using System.Text;
using System.Text.Json;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Verification;

/// <summary>Compares pages: which items stand where, their scores and propensities, and every feature that was read of them.</summary>
internal sealed class PageComparison(SystemVersion version, SkewExpectation.Pages expected) : SkewComparison(version.Design)
{
    private readonly List<Got> _got = [];

    protected override void TakeOne(ref Utf8JsonReader reader)
    {
        string? id = null;
        var isPage = false;
        _got.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) { id = Text(ref reader); }
            else if (reader.ValueTextEquals("items"u8))
            {
                isPage = true;
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) { _got.Add(ReadItem(ref reader)); }
            }
            else { reader.Skip(); }
        }
        if (isPage) { Count(Compare(id!)); }
    }

    private static Got ReadItem(ref Utf8JsonReader reader)
    {
        var (item, score, propensity, price) = ("", double.NaN, double.NaN, double.NaN);
        var features = new List<double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("item"u8)) { item = Text(ref reader); }
            else if (reader.ValueTextEquals("score"u8)) { score = Number(ref reader); }
            else if (reader.ValueTextEquals("propensity"u8)) { propensity = Number(ref reader); }
            else if (reader.ValueTextEquals("price"u8)) { price = Number(ref reader); }
            else if (reader.ValueTextEquals("features"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) { features.Add(Number(ref reader)); }
            }
            else { reader.Skip(); }
        }
        return new(item, score, propensity, price, features);
    }

    private Difference Compare(string id)
    {
        var row = Decisions;
        foreach (var got in _got)
        {
            Digest<byte>(Encoding.UTF8.GetBytes(got.Item));
            Digest<double>([got.Score, got.Propensity, .. got.Features]);
            if (!double.IsNaN(got.Price)) { Digest<double>([got.Price]); }
        }
        if (row >= expected.Count)
        {
            Differ(id, $"a page that replay does not have (it made {expected.Count})");
            return Difference.Extra;
        }
        var shown = expected.Given[row].Shown;
        if (!shown.Select(static s => s.Item).SequenceEqual(_got.Select(static g => g.Item)))
        {
            Differ(id, $"items: served {Items(_got.Select(static g => g.Item))}, replayed {Items(shown.Select(static s => s.Item))}");
            return Difference.Outcome;
        }
        var difference = Difference.None;
        for (var i = 0; i < shown.Count; i++) { difference |= Compare(id, shown[i], _got[i]); }
        return difference;
    }

    private Difference Compare(string id, ShownItem shown, Got got)
    {
        var difference = Difference.None;
        for (var f = 0; f < shown.Features.Length; f++)
        {
            if (f < got.Features.Count && Same(shown.Features[f], got.Features[f])) { continue; }
            difference |= Difference.Features;
            Differ(id, $"{shown.Item}, feature {version.Compiled.Plan.FeatureNames[f]}: served "
                + $"{(f < got.Features.Count ? got.Features[f] : double.NaN):R}, replayed {shown.Features[f]:R}");
        }
        if (!Same(shown.Price, got.Price))
        {
            Differ(id, $"{shown.Item}: served price {got.Price:R}, replayed {shown.Price:R}");
            difference |= Difference.Score;
        }
        if (Same(shown.Score, got.Score) && Same(shown.Propensity, got.Propensity)) { return difference; }
        Differ(id, $"{shown.Item}: served score {got.Score:R} with propensity {got.Propensity:R}, replayed {shown.Score:R} with "
            + $"{shown.Propensity:R}");
        return difference | Difference.Score;
    }

    private static string Items(IEnumerable<string> items) => string.Join(", ", items.Take(10));

    private sealed record Got(string Item, double Score, double Propensity, double Price, List<double> Features);
}
