using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Tests.Expressions;

public sealed class FunctionTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private static double Call(string name, TimeZoneInfo zone, params double[] arguments) =>
        Functions.Find(name).ShouldNotBeNull().Evaluate(arguments, zone);

    private static double Micros(int year, int month, int day, int hour = 0, int minute = 0) =>
        new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000d;

    /// <summary>2018-07-25 was a Wednesday; New York was four hours behind UTC.</summary>
    [Theory]
    [InlineData("hour", 2, 22)]
    [InlineData("minute", 30, 30)]
    [InlineData("weekday", 3, 2)]
    [InlineData("monthday", 25, 24)]
    [InlineData("yearday", 206, 205)]
    [InlineData("month", 7, 7)]
    [InlineData("year", 2018, 2018)]
    public void Calendar_functions_follow_the_zone(string name, double utc, double newYork)
    {
        var t = Micros(2018, 7, 25, 2, 30);
        Call(name, TimeZoneInfo.Utc, t).ShouldBe(utc);
        Call(name, NewYork, t).ShouldBe(newYork);
    }

    [Fact]
    public void Saturday_is_6_and_Sunday_7()
    {
        Call("weekday", TimeZoneInfo.Utc, Micros(2018, 7, 28)).ShouldBe(6);
        Call("weekday", TimeZoneInfo.Utc, Micros(2018, 7, 29)).ShouldBe(7);
        Call("weekday", TimeZoneInfo.Utc, Micros(1969, 12, 31, 23)).ShouldBe(3);
    }

    [Fact]
    public void A_day_starts_at_its_local_midnight_also_when_clocks_change()
    {
        Call("day", TimeZoneInfo.Utc, Micros(2018, 7, 25, 2, 30)).ShouldBe(Micros(2018, 7, 25));
        Call("day", NewYork, Micros(2018, 7, 25, 2, 30)).ShouldBe(Micros(2018, 7, 24, 4));
        // 2018-03-11: spring forward at 2 o'clock; the day began in winter time
        Call("day", NewYork, Micros(2018, 3, 11, 20)).ShouldBe(Micros(2018, 3, 11, 5));
        Call("date", NewYork, 2018, 3, 12).ShouldBe(Micros(2018, 3, 12, 4));
    }

    [Theory]
    [InlineData("log", 0)]
    [InlineData("log", -1)]
    [InlineData("sqrt", -1)]
    [InlineData("exp", 1000)]
    [InlineData("hour", 1e300)]
    [InlineData("hour", double.PositiveInfinity)]
    [InlineData("year", -1e300)]
    public void Outside_its_domain_a_function_is_missing(string name, double argument) => Call(name, TimeZoneInfo.Utc, argument).ShouldBe(double.NaN);

    [Fact]
    public void A_missing_argument_makes_every_function_but_present_missing()
    {
        foreach (var function in Functions.All)
        {
            for (var i = 0; i < function.Parameters.Length; i++)
            {
                var arguments = Enumerable.Repeat(1d, function.Parameters.Length).ToArray();
                arguments[i] = double.NaN;
                function.Evaluate(arguments, NewYork).ShouldBe(function.Name == "present" ? 0 : double.NaN, function.Name);
            }
        }
    }

    [Fact]
    public void Values_are_those_of_mathematics()
    {
        Call("round", TimeZoneInfo.Utc, 2.5).ShouldBe(3);
        Call("round", TimeZoneInfo.Utc, -2.5).ShouldBe(-3);
        Call("clamp", TimeZoneInfo.Utc, 5, 0, 3).ShouldBe(3);
        Call("clamp", TimeZoneInfo.Utc, 5, 7, 3).ShouldBe(3);
        Call("power", TimeZoneInfo.Utc, 2, 10).ShouldBe(1024);
        Call("power", TimeZoneInfo.Utc, -8, 0.5).ShouldBe(double.NaN);
        Call("days", TimeZoneInfo.Utc, 1.5 * 86_400e6).ShouldBe(1.5);
        Call("present", TimeZoneInfo.Utc, 0).ShouldBe(1);
    }

    [Fact]
    public void Every_example_parses()
    {
        foreach (var function in Functions.All)
        {
            var diagnostics = new DiagnosticBag();
            ExpressionParser.Parse(new(function.Example, function.Name, 1, 1), diagnostics).ShouldNotBeNull();
            function.Example.ShouldContain(function.Name + "(");
        }
    }
}
