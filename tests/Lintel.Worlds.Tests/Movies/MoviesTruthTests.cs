using Lintel.Numerics.Random;
using Lintel.Worlds.Movies;

namespace Lintel.Worlds.Tests.Movies;

public sealed class MoviesTruthTests
{
    private static MovieLedger Ledger => SmallMovies.Ledger;

    [Fact]
    public void Truth_is_calibrated_in_every_bin_and_at_every_place()
    {
        var truth = SmallMovies.Truth();
        var bins = new Dictionary<string, (double Expected, double Got, double Spread)>();
        for (var i = 0; i < Ledger.Film.Count; i++)
        {
            var place = (i % Ledger.Places) + 1;
            var p = truth.LikeIfShown(i / Ledger.Places, Ledger.Film[i], place);
            Add($"place {place}");
            Add($"about {Math.Round(Math.Log(p))} in logarithms");
            Add("all");

            void Add(string bin)
            {
                var (expected, got, spread) = bins.GetValueOrDefault(bin);
                bins[bin] = (expected + p, got + (Ledger.Liked[i] ? 1 : 0), spread + (p * (1 - p)));
            }
        }
        bins["all"].Got.ShouldBeGreaterThan(1_000);
        foreach (var (bin, (expected, got, spread)) in bins)
        {
            Math.Abs(got - expected).ShouldBeLessThan((4.5 * Math.Sqrt(spread)) + 1, $"{bin}: {got}, expected {expected:0.0}");
        }
    }

    [Fact]
    public void Best_page_is_worth_more_than_any_other()
    {
        var truth = SmallMovies.Truth();
        var random = new RandomStream(1);
        for (var n = 0; n < 60; n++)
        {
            var visit = random.NextInt32(truth.VisitCount);
            var best = truth.BestPage(visit, 10);
            best.Length.ShouldBe(10);
            best.ShouldAllBe(film => truth.CanShow(visit, film));
            var value = truth.ValueOfPage(visit, best);
            value.ShouldBeGreaterThan(truth.ValueOfPage(visit, truth.Shown(visit)));
            truth.Regret(visit, truth.Greedy(visit).AsSpan(0, 10)).ShouldBeGreaterThan(0);
            truth.Regret(visit, best).ShouldBe(0);
            // any exchange of a film on it, or of two places, makes it worse or the same
            int[] changed = [.. best];
            changed[random.NextInt32(10)] = random.NextInt32(truth.FilmCount);
            truth.ValueOfPage(visit, changed).ShouldBeLessThanOrEqualTo(value + 1e-12);
            Array.Reverse(best);
            truth.ValueOfPage(visit, best).ShouldBeLessThanOrEqualTo(value);
        }
    }

    [Fact]
    public void A_work_counts_once_and_what_cannot_be_shown_counts_nothing()
    {
        var truth = SmallMovies.Truth();
        var pair = SmallMovies.Films.First(static f => f.Work != f.Id && SmallMovies.Films[f.Work].Maturity <= 12);
        var visit = Enumerable.Range(0, truth.VisitCount).First(v => truth.CanShow(v, pair.Id) && truth.CanShow(v, pair.Work));
        truth.ValueOfPage(visit, [pair.Work, pair.Id]).ShouldBe(truth.LikeIfShown(visit, pair.Work, 1));
        var gone = SmallMovies.Films.First(static f => f.LicensedUntil < 0);
        truth.ValueOfPage(visit, [gone.Id]).ShouldBe(0);
    }

    [Fact]
    public void Showing_again_and_having_seen_lower_the_chance()
    {
        var tastes = new Tastes(SmallMovies.Options, SmallMovies.Films, SmallMovies.Viewers);
        var fresh = tastes.Play(1, 2, 3, 0, watched: false);
        tastes.Play(1, 2, 3, 2, watched: false).ShouldBeLessThan(fresh);
        tastes.Play(1, 2, 3, 0, watched: true).ShouldBeLessThan(fresh / 10);
    }

    [Fact]
    public void Slices_are_what_they_say()
    {
        var truth = SmallMovies.Truth();
        foreach (var visits in Ledger.VisitsOf.Values.Take(50)) { truth.IsColdUser(visits[0]).ShouldBeTrue(); }
        Enumerable.Range(0, truth.FilmCount).Count(truth.IsHead).ShouldBeInRange(60, 80);
        var late = truth.VisitCount - 1;
        Enumerable.Range(0, truth.FilmCount).Count(f => truth.IsColdItem(late, f)).ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Fashion_turns_at_the_drift()
    {
        var options = SmallMovies.Options with { DriftAt = 0.5 };
        var turned = Tastes.Turned(options);
        turned.Sum().ShouldBe(0);
        var (rising, falling) = (Array.IndexOf(turned, 1), Array.IndexOf(turned, -1));
        var tastes = new Tastes(options, SmallMovies.Films, SmallMovies.Viewers);
        var up = SmallMovies.Films.First(f => f.Genres is [var g] && g == rising).Id;
        var down = SmallMovies.Films.First(f => f.Genres is [var g] && g == falling).Id;
        tastes.Like(0, up, 25).ShouldBeGreaterThan(tastes.Like(0, up, 24));
        tastes.Like(0, down, 25).ShouldBeLessThan(tastes.Like(0, down, 24));
    }

    [Fact]
    public void Regret_is_summed_by_slice_and_films_share_a_page_s_value_out()
    {
        var truth = SmallMovies.Truth();
        var (regret, best) = (new PageRegret(truth), new PageRegret(truth));
        for (var visit = 0; visit < truth.VisitCount; visit += 50)
        {
            regret.Add(visit, truth.Shown(visit));
            best.Add(visit, truth.BestPage(visit, 10));
        }
        var slices = regret.Results().ToDictionary(static s => s.Slice);
        slices.Keys.ShouldBe(["all", "cold films", "head films", "tail films", "visits of cold users", "visits of known users"]);
        slices["all"].Regret.ShouldBeGreaterThan(0);
        (slices["head films"].Value + slices["tail films"].Value).ShouldBe(slices["all"].Value, 1e-9);
        (slices["visits of cold users"].Visits + slices["visits of known users"].Visits).ShouldBe(slices["all"].Visits);
        best.Results().ShouldAllBe(static s => Math.Abs(s.Regret) < 1e-12);
    }
}
