using System.Text.RegularExpressions;
using Lintel.Training.Review;
using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

public sealed class ReviewerTests
{
    [Fact]
    public void Sound_design_has_no_finding_without_data() =>
        Reviewer.Review(Read(), null).Select(static f => $"{f.Code} {f.Message}: {f.Evidence}").ShouldBeEmpty();

    [Fact]
    public void Sound_design_has_only_notes_on_sound_data()
    {
        var design = Read();

        var findings = Reviewer.Review(design, new SampleHistory().Evidence(design));

        findings.ShouldAllBe(static f => f.Severity == "note");
        findings.Select(static f => f.Code).ShouldBe(["LT0435", "LT0449", "LT0449"]);
    }

    [Fact]
    public void Findings_stand_by_step_then_the_gravest_first()
    {
        var design = With(
            "  latency: { p99: 10ms }\n", "", "  reviewers: { capacity: 40/day }", "  reviewers: { capacity: 10/day }",
            "  metrics: [average-precision, auc, recall@1%, calibration, cost]\n", "  metrics: [auc, calibration]\n",
            "  gates: { average-precision: \">= 0.60\" }\n", "", "baselines: [random, amount]", "baselines: [random]");

        var findings = Reviewer.Review(design, null);

        findings.Select(static f => (f.Step, f.Code, f.Severity)).ShouldBe(
        [
            (2, "LT0422", "error"), (2, "LT0423", "warning"), (2, "LT0425", "warning"), (2, "LT0424", "note"),
            (7, "LT0473", "warning"), (7, "LT0471", "note"),
        ]);
    }

    [Fact]
    public void Each_finding_is_complete_and_points_into_the_design()
    {
        var design = With("by: time, train: 60%, validate: 15%, test: 25%, gap: 7d", "by: random, train: 60%, validate: 15%, test: 25%");

        var finding = Finding("LT0441", design);

        (finding.File, finding.Line).ShouldBe(("fraud.yaml", LineOf(design, "split:")));
        finding.Question.ShouldEndWith("?");
        finding.Fix.ShouldNotBeEmpty();
        finding.Rule.ShouldBe("Random split");
        Reviewer.Blocks(finding).ShouldBeTrue();
    }

    [Fact]
    public void Rules_are_registered_once_in_the_order_of_their_codes()
    {
        var codes = ReviewRules.All.Select(static r => r.Card.Code).ToArray();

        codes.ShouldBe(codes.Distinct().Order(StringComparer.Ordinal));
        codes.ShouldAllBe(static c => Regex.IsMatch(c, "^LT04[1-8][0-9]$"));
        codes.Length.ShouldBeGreaterThanOrEqualTo(18);
        ReviewRules.All.Select(static r => r.Card.Step).Distinct().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        var written = typeof(IReviewRule).Assembly.GetTypes().Where(static t => t is { IsClass: true } && t.IsAssignableTo(typeof(IReviewRule)));
        ReviewRules.All.Select(static r => r.GetType()).ShouldBe(written, ignoreOrder: true);
    }

    [Fact]
    public void Every_card_asks_a_question_and_says_what_is_measured() => ReviewRules.All.ShouldAllBe(static r =>
        r.Card.Question.EndsWith('?') && r.Card.Measures.EndsWith('.') && r.Card.Fix.EndsWith('.') && !r.Card.Title.EndsWith('.'));

    [Fact]
    public void Framework_page_is_the_one_that_the_rules_write()
    {
        var path = Path.Combine(Root(), "docs", "framework.md");
        var expected = FrameworkReference.Generate();
        if (Environment.GetEnvironmentVariable("LINTEL_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        File.ReadAllText(path).ShouldBe(expected, "docs/framework.md is old; run this test with LINTEL_UPDATE=1");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lintel.slnx"))) { folder = folder.Parent; }
        return folder.ShouldNotBeNull().FullName;
    }
}
