using System.Collections.Immutable;
using Lintel.Models;
using Lintel.Pipeline.Scoring;

namespace Lintel.Pipeline.Tests.Scoring;

/// <summary>Scores of models that learned what others leave over.</summary>
public sealed class ResidualScoreTests
{
    private static readonly ImmutableArray<string> Names = ["route", "busy"];

    private static readonly TrainingRows Rows = new()
    {
        Features = [1, 1, 1, 1, 2, 2, 2, 2],
        FeatureCount = 1,
        Labels = [10, 12, 14, 16, 1, 2, 3, 4],
    };

    // usual by busy; then what it leaves over; then what a feature leaves over, whose missing value counts as 7
    private static ScoringGraph Graph()
    {
        var fitted = ModelKinds.Trainers.Single(static t => t.Kind.Name == "median").Fit(
            new Models.Tables.MedianParameters { AtLeast = 2 }, Rows, new(1, 1, null, CancellationToken.None));
        ScoringNode Node(string name, ScoreBase? start) =>
            new(name, "median", fitted, null, null, null, [1], []) { Base = start };
        return new([Node("usual", null), Node("over", new(0, -1, 0)), Node("routed", new(-1, 0, 7))]);
    }

    [Theory]
    [InlineData(5, 1, 13, 26, 18)]
    [InlineData(5, 2, 2.5, 5, 7.5)]
    [InlineData(double.NaN, 1, 13, 26, 20)]
    public void What_a_model_starts_from_is_added_again(double route, double busy, double usual, double over, double routed)
    {
        var graph = Graph();
        var scores = new double[6];
        graph.Score([route, busy], scores);
        (scores[0], scores[2], scores[4]).ShouldBe((usual, over, routed));
        graph.ScoreRows([(float)route, (float)busy], 2).Select(static m => m[0]).ShouldBe([usual, over, routed], "a batch scores the same");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(double.NaN)]
    public void Contributions_go_through_the_base_and_sum_to_the_score(double route)
    {
        var (parts, scores) = (new double[2], new double[6]);
        var graph = Graph();
        graph.Score([route, 1], scores);
        var start = graph.Explain([route, 1], parts);
        (start + parts.Sum()).ShouldBe(scores[4], 1e-12);
        parts[0].ShouldBe(double.IsNaN(route) ? 0 : route);
    }

    [Fact]
    public void Written_and_read_it_scores_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-residual-");
        try
        {
            ScoringGraphFiles.Write(folder.FullName, Graph(), Names);
            var read = ScoringGraphFiles.Read(folder.FullName, Names);
            read.Nodes.Select(static n => n.Base).ShouldBe([null, new ScoreBase(0, -1, 0), new ScoreBase(-1, 0, 7)]);
            read.ScoreRows([5, 1], 2)[2][0].ShouldBe(18);
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public void A_base_stands_before_what_starts_from_it() =>
        Should.Throw<ArgumentException>(static () => new ScoringGraph([Graph().Nodes[1], Graph().Nodes[0]])).Message.ShouldContain("stands before");
}
