using Lintel.Native.DuckDb;
using Lintel.Pipeline.Batch;

namespace Lintel.Server.Tests.Batch;

public sealed class BatchRunTests(BatchRunTests.Cinema cinema) : IClassFixture<BatchRunTests.Cinema>
{
    private readonly TrainedMovies _movies = cinema.Movies;

    [Fact]
    public void Everyone_gets_a_page_and_candidates_behind_it_that_other_programs_can_read()
    {
        var result = BatchRun.Run(_movies.Request(_movies.Out("whole")));
        result.Entities.ShouldBe(TrainedMovies.Users);
        result.Made.ShouldBe(TrainedMovies.Users);
        (result.Parts, result.PartsMade, result.IsComplete, result.Short).ShouldBe((3, 3, true, 0));
        using var connection = DuckDbConnection.Open();
        var rows = $"read_parquet({DuckDbConnection.Literal(Path.Combine(result.Folder, "part-*.parquet"))})";
        connection.QueryInt64($"SELECT count(DISTINCT \"user\") FROM {rows}").ShouldBe(TrainedMovies.Users);
        connection.QueryInt64($"SELECT count(*) FROM {rows} WHERE shown").ShouldBe(TrainedMovies.Users * TrainedMovies.Take);
        connection.QueryInt64($"SELECT count(*) FROM (SELECT \"user\", movie FROM {rows} GROUP BY ALL HAVING count(*) > 1)").ShouldBe(0);
        connection.QueryInt64($"SELECT count(*) FROM {rows} WHERE shown AND (position > {TrainedMovies.Take} OR propensity IS NULL)").ShouldBe(0);
        connection.QueryInt64($"SELECT count(*) FROM {rows} WHERE NOT shown AND position <= {TrainedMovies.Take}").ShouldBe(0);
        connection.QueryInt64($"SELECT count(*) FROM {rows} WHERE \"trending.rank\" = 0 AND \"fresh.rank\" = 0").ShouldBe(0);
        // the draws explore: not everyone who is alike sees the same
        connection.QueryInt64($"SELECT count(*) FROM {rows} WHERE shown AND propensity < 1").ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Part_that_is_lost_is_made_again_to_the_byte_and_no_other()
    {
        var first = BatchRun.Run(_movies.Request(_movies.Out("again")));
        var lost = Path.Combine(first.Folder, "part-00001.parquet");
        var (whole, kept) = (File.ReadAllBytes(lost), File.GetLastWriteTimeUtc(Path.Combine(first.Folder, "part-00000.parquet")));
        File.Delete(lost);
        var second = BatchRun.Run(_movies.Request(_movies.Out("again")));
        (second.Folder, second.Made, second.PartsMade, second.PartsThere).ShouldBe((first.Folder, 1_000, 1, 2));
        File.ReadAllBytes(lost).ShouldBe(whole);
        File.GetLastWriteTimeUtc(Path.Combine(first.Folder, "part-00000.parquet")).ShouldBe(kept);
    }

    [Fact]
    public void Shards_together_are_the_whole()
    {
        var whole = BatchRun.Run(_movies.Request(_movies.Out("one")));
        var at = (whole.At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        for (var s = 1; s <= 2; s++)
        {
            var shard = BatchRun.Run(_movies.Request(_movies.Out("two")) with { Shard = new(s, 2), At = at });
            shard.IsComplete.ShouldBe(s == 2);
            shard.PartsMade.ShouldBe(s == 1 ? 2 : 1);
        }
        foreach (var part in Directory.GetFiles(whole.Folder, "part-*.parquet"))
        {
            File.ReadAllBytes(part.Replace(_movies.Out("one"), _movies.Out("two"))).ShouldBe(File.ReadAllBytes(part));
        }
    }

    [Fact]
    public void Run_that_was_stopped_leaves_whole_parts_only_and_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var request = _movies.Request(_movies.Out("stopped")) with { Workers = 1, Progress = new Stop(stop, 0.6) };
        Should.Throw<OperationCanceledException>(() => BatchRun.Run(request, stop.Token));
        var folder = Directory.GetDirectories(_movies.Out("stopped")).ShouldHaveSingleItem();
        Directory.GetFiles(folder, "part-*").Select(Path.GetFileName).ShouldBe(["part-00000.parquet"]);
        var rest = BatchRun.Run(_movies.Request(_movies.Out("stopped")));
        (rest.Folder, rest.PartsMade, rest.PartsThere, rest.IsComplete).ShouldBe((folder, 2, 1, true));
    }

    [Fact]
    public void Instant_before_what_the_version_was_made_of_is_refused()
    {
        var early = new DateTimeOffset(TrainedMovies.Start).ToUnixTimeMilliseconds() * 1000;
        Should.Throw<InvalidDataException>(() => BatchRun.Run(_movies.Request(_movies.Out("early")) with { At = early }))
            .Message.ShouldMatch("version 1 was made of records up to 2026-.* the batch is wanted as of 2026-01-01");
    }

    [Fact]
    public void Instant_at_which_nothing_can_be_had_any_more_leaves_items_out()
    {
        var summer = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
        var result = BatchRun.Run(_movies.Request(_movies.Out("summer")) with { At = summer });
        using var connection = DuckDbConnection.Open();
        connection.QueryInt64(
            $"SELECT count(*) FROM read_parquet({DuckDbConnection.Literal(Path.Combine(result.Folder, "part-*.parquet"))}) WHERE movie = 'm7'").ShouldBe(0);
    }

    [Theory]
    [InlineData("2/8", true)]
    [InlineData("8/8", true)]
    [InlineData("0/8", false)]
    [InlineData("9/8", false)]
    [InlineData("2", false)]
    [InlineData("a/b", false)]
    [InlineData("-1/2", false)]
    public void Shard_is_read_or_refused(string text, bool reads) => BatchShard.TryParse(text, out _).ShouldBe(reads);

    public sealed class Cinema : IDisposable
    {
        internal TrainedMovies Movies { get; } = new();

        public void Dispose() => Movies.Dispose();
    }

    private sealed class Stop(CancellationTokenSource stop, double share) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share) { stop.Cancel(); }
        }
    }
}
