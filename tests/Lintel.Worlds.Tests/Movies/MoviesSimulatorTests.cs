using Lintel.Numerics.Text;
using Lintel.Worlds.Movies;

namespace Lintel.Worlds.Tests.Movies;

public sealed class MoviesSimulatorTests
{
    private static MoviesOptions Options => SmallMovies.Options;

    private static Film[] Films => SmallMovies.Films;

    private static MovieLedger Ledger => SmallMovies.Ledger;

    [Fact]
    public void Visits_stand_in_order_of_time_at_most_one_a_day_and_none_before_arrival()
    {
        for (var v = 1; v < Ledger.Visits; v++) { Ledger.Second[v].ShouldBeGreaterThanOrEqualTo(Ledger.Second[v - 1]); }
        foreach (var (viewer, visits) in Ledger.VisitsOf)
        {
            visits.Select(Ledger.Day).ShouldBeUnique();
            Ledger.Day(visits[0]).ShouldBeGreaterThanOrEqualTo(SmallMovies.Viewers[viewer].Arrives);
        }
    }

    [Fact]
    public void Pages_show_what_can_be_had_and_is_allowed_and_each_work_once()
    {
        for (var v = 0; v < Ledger.Visits; v++)
        {
            var page = Page(v);
            page.Select(f => Films[f].Work).ShouldBeUnique();
            foreach (var film in page)
            {
                Films[film].IsThere(Ledger.Second[v]).ShouldBeTrue();
                if (Films[film].Maturity > 16) { SmallMovies.Viewers[Ledger.Viewer[v]].Age.ShouldBeGreaterThanOrEqualTo(16); }
            }
        }
    }

    [Fact]
    public void A_work_that_was_watched_is_not_shown_again()
    {
        foreach (var visits in Ledger.VisitsOf.Values)
        {
            HashSet<int> watched = [];
            foreach (var v in visits)
            {
                for (var place = 0; place < Ledger.Places; place++)
                {
                    watched.ShouldNotContain(Films[Page(v)[place]].Work);
                }
                for (var i = v * Ledger.Places; i < (v + 1) * Ledger.Places; i++)
                {
                    if (Ledger.Share[i] >= 0.5) { watched.Add(Films[Ledger.Film[i]].Work); }
                }
            }
        }
    }

    [Fact]
    public void Propensities_are_those_with_which_films_were_shown()
    {
        // pages drawn: 10 %, of which 1 in 15 places agrees with the own order by chance
        var agrees = Enumerable.Range(0, Ledger.Film.Count)
            .Count(i => Ledger.Film[i] == Ledger.Greedy[(i / Ledger.Places * Ledger.Pool) + (i % Ledger.Places)]);
        ((double)agrees / Ledger.Film.Count).ShouldBe(0.9 + (0.1 / 15), 0.01);
        // places whose item the own order has not there: 1 in 150 each
        double inverse = Ledger.Propensity.Where(static p => p < 0.5).Sum(static p => 0.1 / 15 / p);
        (inverse / Ledger.Propensity.Count).ShouldBe(0.1 * 14 / 15, 0.01);
        Ledger.Propensity.Distinct().Order().ShouldBe([0.1 / 15, 0.9 + (0.1 / 15)], 1e-12);
    }

    [Fact]
    public void Shares_follow_liking_and_times_follow_each_other()
    {
        int[] played = [.. Enumerable.Range(0, Ledger.Share.Count).Where(i => !double.IsNaN(Ledger.Share[i]))];
        played.All(i => Ledger.Share[i] >= 0.02 && Ledger.Share[i] <= 1 && Ledger.Ends[i] > Ledger.Begins[i]).ShouldBeTrue();
        Enumerable.Range(0, Ledger.Share.Count).All(i => !Ledger.Liked[i] || !double.IsNaN(Ledger.Share[i])).ShouldBeTrue();
        played.Where(i => Ledger.Liked[i]).Average(i => Ledger.Share[i] >= 0.9 ? 1.0 : 0).ShouldBe(0.85, 0.02);
        played.Where(i => !Ledger.Liked[i]).Average(i => Ledger.Share[i] >= 0.9 ? 1.0 : 0).ShouldBe(0.2, 0.02);
        foreach (var visit in played.GroupBy(i => i / Ledger.Places))
        {
            visit.Zip(visit.Skip(1)).All(pair => Ledger.Begins[pair.Second] > Ledger.Ends[pair.First]).ShouldBeTrue();
        }
    }

    [Fact]
    public void Titles_tell_works_apart_and_mostly_find_re_releases()
    {
        var works = Films.Where(static f => f.Work == f.Id).ToArray();
        works.Select(static f => TitleText.Normalise(f.Title)).ShouldBeUnique();
        var again = Films.Where(static f => f.Work != f.Id).ToArray();
        again.Length.ShouldBe((int)(Options.Rereleased * Options.Films));
        foreach (var film in again)
        {
            Films[film.Work].Title.ShouldNotBe(film.Title);
            film.Year.ShouldBeGreaterThanOrEqualTo(Films[film.Work].Year);
            Films[film.Work].Released.ShouldBeLessThan(0);
        }
        again.Average(static f => TitleText.Normalise(f.Title) == TitleText.Normalise(SmallMovies.Films[f.Work].Title) ? 1.0 : 0).ShouldBeInRange(0.55, 0.95);
        Films.Count(static f => f.Franchise is not null).ShouldBeInRange(150, 500);
    }

    [Fact]
    public void Films_come_and_go_and_users_arrive_through_the_calendar()
    {
        Films.Count(static f => f.Released > 0).ShouldBeInRange(40, 110);
        Films.Count(static f => f.LicensedUntil is > 0).ShouldBeInRange(5, 60);
        var arrivals = SmallMovies.Viewers.Where(static v => v.Arrives > 0).ToArray();
        arrivals.Length.ShouldBeInRange(250, 350);
        arrivals.ShouldAllBe(static v => SmallMovies.Ledger.Day(SmallMovies.Ledger.VisitsOf[v.Id][0]) == v.Arrives);
    }

    [Fact]
    public void Days_before_a_change_stay_as_they_were()
    {
        // what the last day's visitors did moves nothing before it
        var drifted = Options with { DriftAt = 0.5 };
        var ledger = MoviesSimulator.Run(drifted, Films, SmallMovies.Viewers);
        var before = Enumerable.Range(0, Ledger.Visits).Count(v => Ledger.Day(v) < 25) * Ledger.Places;
        ledger.Film.Take(before).SequenceEqual(Ledger.Film.Take(before)).ShouldBeTrue();
        ledger.Share.Take(before).SequenceEqual(Ledger.Share.Take(before)).ShouldBeTrue();
        ledger.Share.SequenceEqual(Ledger.Share).ShouldBeFalse();
    }

    private static int[] Page(int visit) =>
        [.. Enumerable.Range(visit * Ledger.Places, Ledger.Places).Select(i => (int)Ledger.Film[i])];
}
