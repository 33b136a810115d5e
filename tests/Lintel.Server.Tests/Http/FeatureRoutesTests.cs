using System.Text.Json;

namespace Lintel.Server.Tests.Http;

public sealed class FeatureRoutesTests
{
    [Fact]
    public async Task Features_of_keys_are_those_that_the_next_decision_reads()
    {
        await using var server = await ServedPayments.StartAsync();
        await server.PostAsync("/v1/decide", ServedPayments.Payment("p1", 20));
        await server.PostAsync("/v1/decide", ServedPayments.Payment("p2", 40));
        var asked = await server.GetJsonAsync("/v1/features?card=c1&terminal=t1&amount=15");
        asked.GetProperty("version").GetInt32().ShouldBe(1);
        asked.GetProperty("asOf").GetString()!.ShouldEndWith("Z");
        asked.GetProperty("unavailable").GetArrayLength().ShouldBe(0);
        var decided = (await server.PostAsync("/v1/decide?features=true", ServedPayments.Payment("p3", 15))).Body;
        foreach (var feature in decided.GetProperty("features").EnumerateObject())
        {
            if (feature.Name == "since_last") { continue; }                  // time has gone on
            asked.GetProperty("features").GetProperty(feature.Name).GetRawText().ShouldBe(feature.Value.GetRawText());
        }
        asked.GetProperty("features").GetProperty("amount_vs_usual").GetDouble().ShouldBe(0.5);
    }

    [Fact]
    public async Task Features_without_their_inputs_say_what_they_need_and_asking_enters_nothing()
    {
        await using var server = await ServedPayments.StartAsync();
        var asked = await server.GetJsonAsync("/v1/features?card=c1");
        asked.GetProperty("features").EnumerateObject().Select(static f => f.Name)
            .ShouldBe(["card_payments_1d", "card_amount_30d", "since_last"]);
        asked.GetProperty("unavailable").EnumerateArray()
            .Select(static u => (u.GetProperty("feature").GetString(), u.GetProperty("reason").GetString()))
            .ShouldBe([("amount", "needs amount"), ("terminal_risk_30d", "needs terminal"), ("amount_vs_usual", "needs amount")]);
        (await server.GetJsonAsync("/v1/features?card=c1")).GetProperty("features").GetProperty("card_payments_1d")
            .GetDouble().ShouldBe(0);
        var (status, type, body) = await server.GetAsync("/v1/features?colour=red&amount=much");
        (status, type).ShouldBe((422, "application/problem+json"));
        JsonDocument.Parse(body).RootElement.GetProperty("errors").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_tells_what_each_feature_is_and_who_uses_it()
    {
        await using var server = await ServedPayments.StartAsync();
        var features = (await server.GetJsonAsync("/v1/features")).GetProperty("features");
        var usual = features.EnumerateArray().Single(static f => f.GetProperty("name").GetString() == "card_amount_30d");
        usual.GetProperty("expression").GetString().ShouldBe("mean(payment.amount) by card over 30d");
        usual.GetProperty("type").GetString().ShouldBe("number");
        usual.GetProperty("keys")[0].GetString().ShouldBe("card");
        usual.GetProperty("windows")[0].GetString().ShouldBe("30d");
        usual.GetProperty("usedBy").GetProperty("models")[0].GetString().ShouldBe("strange");
        usual.GetProperty("usedBy").GetProperty("features")[0].GetString().ShouldBe("amount_vs_usual");
        var versus = features.EnumerateArray().Single(static f => f.GetProperty("name").GetString() == "amount_vs_usual");
        versus.GetProperty("inputs").EnumerateArray().Select(static i => i.GetString()).ShouldBe(["card", "amount"]);
    }
}
