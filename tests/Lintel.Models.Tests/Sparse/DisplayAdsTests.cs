using Lintel.Design;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Numerics.Random;
using Lintel.Numerics.Text;

namespace Lintel.Models.Tests.Sparse;

/// <summary>A published sample of iPinYou's display ads (FeatureHashing's README): 2,363 impressions to learn and 2,207 to judge, fourteen
/// columns hashed to 2^16, no clock. With 83 and 65 clicks an AUC is known to about ± 0.07.</summary>
public sealed class DisplayAdsTests
{
    private const int Bits = 16, MostTags = 20;

    /// <summary>Columns of the published recipe but the last, which holds many tags.</summary>
    private static readonly string[] Fields =
        ["IP", "Region", "City", "AdExchange", "Domain", "URL", "AdSlotId", "AdSlotWidth", "AdSlotHeight", "AdSlotVisibility", "AdSlotFormat", "CreativeID", "Adid"];

    private static readonly string? Folder = Find();

    private static readonly FeatureShape[] Shapes =
        [.. Enumerable.Range(0, Fields.Length + MostTags).Select(static c => FeatureShape.Id(1 << Bits, Math.Min(c, Fields.Length)))];

    [DisplayAdsFact]
    public void Progressive_and_test_auc_agree_with_the_published_figures_within_their_intervals()
    {
        double progressive = 0, test = 0;
        const int Seeds = 5;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var (train, clicks) = Read("ipinyou_train.csv", seed);
            var learner = new FtrlTrainer().Start(new FtrlParameters { AtLeast = 1 }, Shapes, seed);
            var margins = new double[clicks.Length];
            learner.Learn(train, clicks, default, margins);
            progressive += Auc(margins, clicks) / Seeds;
            var (judged, judgedClicks) = Read("ipinyou_test.csv", seed);
            margins = new double[judgedClicks.Length];
            learner.Snapshot().Score(judged, margins);
            test += Auc(margins, judgedClicks) / Seeds;
        }
        // FTRL-Proximal 0.599 progressively; on test 0.519 by logistic regression and 0.656 by XGBoost
        progressive.ShouldBe(0.599, 0.07, $"progressive {progressive:F3}, test {test:F3}");
        test.ShouldBeInRange(0.519 - 0.07, 0.656 + 0.07, $"progressive {progressive:F3}, test {test:F3}");
    }

    private static (float[] Rows, float[] Clicks) Read(string name, ulong seed)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder!, name)).Where(static l => l.Length > 0).Select(Cells).ToArray();
        int[] columns = [.. Fields.Select(f => Array.IndexOf(lines[0], f))];
        var (tags, click) = (Array.IndexOf(lines[0], "UserTag"), Array.IndexOf(lines[0], "IsClick"));
        var rows = new float[(lines.Length - 1) * Shapes.Length];
        Array.Fill(rows, float.NaN);
        for (var i = 1; i < lines.Length; i++)
        {
            var row = rows.AsSpan((i - 1) * Shapes.Length, Shapes.Length);
            for (var c = 0; c < columns.Length; c++) { row[c] = Hash(lines[i][columns[c]], seed); }
            var each = lines[i][tags].Split(',');
            for (var t = 0; t < Math.Min(MostTags, each.Length); t++) { row[columns.Length + t] = Hash(each[t], seed); }
        }
        return (rows, [.. lines.Skip(1).Select(l => l[click] == "TRUE" ? 1f : 0f)]);
    }

    private static float Hash(string text, ulong seed) => RandomStream.Mix(TextHash.Of(text) ^ RandomStream.Mix(seed)) & ((1 << Bits) - 1);

    /// <summary>Values of a line, whose commas inside quotes part nothing.</summary>
    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"') { quoted = !quoted; }
            if (i < line.Length && (line[i] != ',' || quoted)) { continue; }
            cells.Add(line[start..i].Trim('"'));
            start = i + 1;
        }
        return [.. cells];
    }

    /// <summary>Share of pairs in order, ties a half.</summary>
    private static double Auc(double[] margins, float[] clicks)
    {
        var clicked = margins.Where((_, i) => clicks[i] == 1).ToArray();
        var others = margins.Where((_, i) => clicks[i] == 0).ToArray();
        return clicked.Average(c => others.Average(o => c > o ? 1 : c == o ? 0.5 : 0));
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "ads", "ipinyou_featurehashing");
            if (Directory.Exists(path)) { return path; }
        }
        return null;
    }

    /// <summary>Skipped, with the reason, where the sample is not there.</summary>
    private sealed class DisplayAdsFactAttribute : FactAttribute
    {
        public DisplayAdsFactAttribute()
        {
            if (Folder is null) { Skip = "shared/data/ads/ipinyou_featurehashing is not beside this repository"; }
        }
    }
}
