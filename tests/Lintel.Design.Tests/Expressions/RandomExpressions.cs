using System.Globalization;

namespace Lintel.Design.Tests.Expressions;

/// <summary>Writes random well-typed expressions over the design of <see cref="Expressions"/>.</summary>
internal sealed class RandomExpressions(int seed)
{
    private readonly Random _random = new(seed);

    public string Any(int depth) => Pick([Number, Condition, Duration, Time])(depth);

    public string Number(int depth) => depth <= 0
        ? One(["price", "recent", "missing", "order.price", "90%", "2.5e3", "7", _random.NextDouble().ToString("R", CultureInfo.InvariantCulture)])
        : _random.Next(12) switch
        {
            0 => $"{Number(depth - 1)} + {Number(depth - 1)}",
            1 => $"({Number(depth - 1)}) - ({Number(depth - 1)})",
            2 => $"({Number(depth - 1)}) * {Number(depth - 2)}",
            3 => $"{Number(0)} / ({Number(depth - 1)})",
            4 => $"-({Number(depth - 1)})",
            5 => $"(if {Condition(depth - 1)} then {Number(depth - 1)} else {Number(depth - 1)})",
            6 => $"(({Number(depth - 1)}) ?? {Number(depth - 2)})",
            7 => $"{One(["min", "max", "power"])}({Number(depth - 1)}, {Number(depth - 1)})",
            8 => $"{One(["abs", "log", "sqrt", "round"])}({Number(depth - 1)})",
            9 => $"{One(["hours", "days"])}({Duration(depth - 1)})",
            10 => $"{One(["hour", "weekday"])}({Time(depth - 1)})",
            _ => Aggregate(depth - 1),
        };

    private string Aggregate(int depth)
    {
        var (verdict, inside) = _random.Next(2) == 0 ? ("verdict", One(["bad", "verdict.bad", "order.gift"])) : ("order", One(["gift", "order.gift"]));
        var what = verdict == "verdict"
            ? One(["mean(verdict.bad", "count(verdict", "sum(verdict.order.price", "std(order.price * (if verdict.bad then 2 else 3)"])
            : One(["mean(order.price + 1", "count(order", "distinct(order.city", "max(order.price"]);
        var where = _random.Next(3) == 0 ? $" where {inside} or {verdict}.{(verdict == "order" ? "price" : "order.price")} > 3" : "";
        var by = One(["", " by user", " by shop", " by user, shop"]);
        var over = One(["", " over 7d", " over 90m", " over 1w"]);
        _ = depth;
        return $"({what}{where}){by}{over})";
    }

    public string Condition(int depth) => depth <= 0
        ? One(["gift", "true", "false", "city = 'Rome'", "user in blocklist", "shop != user_shop".Replace("user_shop", "'s1'")])
        : _random.Next(8) switch
        {
            0 => $"({Condition(depth - 1)}) and ({Condition(depth - 1)})",
            1 => $"{Condition(depth - 2)} or {Condition(depth - 2)}",
            2 => $"not ({Condition(depth - 1)})",
            3 => $"({Number(depth - 1)}) {One(["<", "<=", ">", ">=", "=", "!="])} ({Number(depth - 1)})",
            4 => $"({Number(depth - 1)}) in [({Number(depth - 1)}), {Number(0)}]",
            5 => $"({Time(depth - 1)}) < ({Time(depth - 1)})",
            6 => $"present({Any(depth - 1)})",
            _ => $"(({Condition(depth - 1)}) ?? false)",
        };

    public string Duration(int depth) => depth <= 0
        ? One(["7d", "90m", "1w", "15us", "since_last", "0s"])
        : _random.Next(4) switch
        {
            0 => $"({Duration(depth - 1)}) + ({Duration(depth - 1)})",
            1 => $"({Duration(depth - 1)}) * ({Number(depth - 1)})",
            2 => $"({Time(depth - 1)}) - ({Time(depth - 1)})",
            _ => $"(since(order) by user ?? {Duration(0)})",
        };

    public string Time(int depth) => depth <= 0
        ? One(["time", "due", "2018-07-25", "2018-07-25T08:30:00.123456Z", "known"])
        : _random.Next(3) switch
        {
            0 => $"({Time(depth - 1)}) + ({Duration(depth - 1)})",
            1 => $"day({Time(depth - 1)})",
            _ => $"({Time(depth - 1)}) - ({Duration(depth - 1)})",
        };

    private string One(string[] words) => words[_random.Next(words.Length)];

    private Func<int, string> Pick(Func<int, string>[] ways) => ways[_random.Next(ways.Length)];
}
