using System.Globalization;
using System.Text;
using Lintel.Pipeline.Live;

namespace Lintel.Training.Tests.Continuous;

/// <summary>A workspace of offers that are taken or not within ten minutes: at place a four of ten, at place b one of twenty; a version
/// that was trained on four weeks of it and goes on learning.</summary>
internal sealed class TrainedOffers : TrainedSystem
{
    private const string Design = """
        lintel: 1
        system: offers
        goal: Show the offers that are taken.
        events:
          offer:
            source: offers.csv
            id: id
            time: at
            keys: { user: user }
            fields: { place: text, price: number }
          click: { source: clicks.csv, about: offer by offer, time: at }
        decision: { each: offer, kind: classification, label: click within 10m }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 1h }
        features:
          place: place hashed 10 bits
          price: price
          offers_1h: count(offer) by user over 1h
        models:
          taken: { kind: ftrl, alpha: 0.2 }
        evaluate:
          metrics: [auc, normalised-entropy, calibration]
          baselines: [random, price]
        outcomes: [show, hide]
        policy:
          - hide if price > 1000
          - show
        serve: { mode: online, on failure: show, let through: 50% }
        retrain: { continuous: 5m, rollback: calibration outside 0.85..1.2, refit: now }
        """;

    private int _sent;

    /// <param name="gates">More of what the design's evaluation says.</param> <param name="model">What learns.</param>
    internal TrainedOffers(string gates = "", string model = "kind: ftrl, alpha: 0.2")
        : base(
            Design.Replace("outcomes:", gates.Length == 0 ? "outcomes:" : $"  gates: {gates}\noutcomes:", StringComparison.Ordinal)
                .Replace("kind: ftrl, alpha: 0.2", model, StringComparison.Ordinal),
            Files())
    {
    }

    /// <summary>Makes offers, ten seconds between two, and the clicks on those that are taken; returns when ten minutes have passed and
    /// one more offer was made, so that every label but that one's is known.</summary>
    /// <param name="taken">Of the number and the place of an offer.</param>
    internal async Task<long> PlayAsync(LiveService live, int count, Func<int, char, bool> taken)
    {
        for (var i = 0; i < count; i++)
        {
            var place = i % 2 == 0 ? 'a' : 'b';
            await OfferAsync(live, place);
            if (taken(i, place)) { await ClickAsync(live, $"o{_sent}"); }
            Clock.Advance(TimeSpan.FromSeconds(10));
        }
        Clock.Advance(TimeSpan.FromMinutes(11));
        await OfferAsync(live, 'a');
        return live.Log.Durable;
    }

    /// <summary>As the history has it.</summary>
    internal static bool Usual(int i, char place) => place == 'a' ? i / 2 % 10 < 4 : i / 2 % 20 == 7;

    internal async Task<DecisionRecord> OfferAsync(LiveService live, char place) => (await SendAsync(
        live, $$"""{"id":"o{{++_sent}}","user":"u{{_sent % 3_000}}","place":"{{place}}","price":{{_sent / 2 % 47}}}""", decide: true))!;

    internal static Task ClickAsync(LiveService live, string offer) =>
        SendAsync(live, $$"""{"event":"click","about":"{{offer}}"}""", decide: false);

    private static Dictionary<string, string> Files()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var offers = new StringBuilder("id,at,user,place,price\n");
        var clicks = new StringBuilder("offer,at\n");
        for (var i = 0; i < 4_000; i++)
        {
            var (at, place) = (start.AddMinutes(10 * i), i % 2 == 0 ? 'a' : 'b');
            offers.Append(CultureInfo.InvariantCulture, $"h{i},{at:s},u{i % 50},{place},{i / 2 % 47}\n");
            if (Usual(i, place)) { clicks.Append(CultureInfo.InvariantCulture, $"h{i},{at.AddMinutes(1):s}\n"); }
        }
        return new() { ["offers.csv"] = offers.ToString(), ["clicks.csv"] = clicks.ToString() };
    }
}
