using Lintel.Design.Expressions;

namespace Lintel.Design.Tests.Expressions;

public sealed class GeographyTests
{
    private static double Call(string name, params double[] arguments) =>
        Functions.Find(name).ShouldNotBeNull().Evaluate(arguments, TimeZoneInfo.Utc);

    /// <summary>A quarter of a great circle is π/2 radii; the sexagesimal nautical mile is a minute of it. Paris to New York: 5,837 km by
    /// the haversine formula.</summary>
    [Fact]
    public void Distances_are_those_of_a_sphere()
    {
        Call("distance", 0, 0, 0, 90).ShouldBe(Math.PI / 2 * 6_371.0088, 1e-9);
        Call("distance", 90, 0, -90, 57).ShouldBe(Math.PI * 6_371.0088, 1e-9);
        Call("distance", 10, 20, 10 + (1 / 60d), 20).ShouldBe(1.853, 0.001);
        Call("distance", 48.8566, 2.3522, 40.7128, -74.0060).ShouldBe(5_837, 1);
        Call("distance", 37.77, -122.42, 37.77, -122.42).ShouldBe(0);
        Call("distance", 0, 179.9, 0, -179.9).ShouldBe(Call("distance", 0, 0, 0, 0.2), 1e-9);
    }

    [Fact]
    public void Bearings_go_clockwise_from_north()
    {
        Call("bearing", 0, 0, 1, 0).ShouldBe(0, 1e-12);
        Call("bearing", 0, 0, 0, 1).ShouldBe(90, 1e-12);
        Call("bearing", 0, 0, -1, 0).ShouldBe(180, 1e-12);
        Call("bearing", 0, 0, 0, -1).ShouldBe(270, 1e-12);
        Call("bearing", 48.8566, 2.3522, 40.7128, -74.0060).ShouldBe(291.8, 0.1);
        Call("bearing", 5, 5, 5, 5).ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(90.01, 0)]
    [InlineData(-91, 0)]
    [InlineData(0, 180.5)]
    [InlineData(0, -200)]
    [InlineData(double.PositiveInfinity, 0)]
    public void Outside_the_earth_everything_is_missing(double latitude, double longitude)
    {
        Call("distance", latitude, longitude, 0, 0).ShouldBe(double.NaN);
        Call("distance", 0, 0, latitude, longitude).ShouldBe(double.NaN);
        Call("bearing", 0, 0, latitude, longitude).ShouldBe(double.NaN);
        Call("cell", latitude, longitude, 10).ShouldBe(double.NaN);
    }

    [Fact]
    public void A_cell_holds_its_four_finer_ones()
    {
        var random = new Random(3);
        for (var i = 0; i < 1_000; i++)
        {
            var (latitude, longitude) = ((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180);
            for (var level = 1; level <= 26; level++)
            {
                var parts = Math.Pow(2, level);
                var fine = Call("cell", latitude, longitude, level);
                var (row, column) = (Math.Floor(fine / parts), fine % parts);
                Call("cell", latitude, longitude, level - 1).ShouldBe((Math.Floor(row / 2) * parts / 2) + Math.Floor(column / 2));
            }
        }
    }

    [Fact]
    public void Edges_have_a_cell_and_levels_are_whole()
    {
        Call("cell", 12, 34, 0).ShouldBe(0);
        Call("cell", 90, 0, 1).ShouldBe(3);
        Call("cell", 0, 180, 4).ShouldBe(Call("cell", 0, -180, 4));
        Call("cell", 0, 0, 2.5).ShouldBe(double.NaN);
        Call("cell", 0, 0, 27).ShouldBe(double.NaN);
    }
}
