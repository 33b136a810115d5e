using Lintel.Numerics.Random;
using Lintel.Retrieval.Towers;

namespace Lintel.Retrieval.Tests.Towers;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(4, 7, 32)]
    [InlineData(7, 16, 48)]
    [InlineData(6, 33, 80)]
    [InlineData(0, 5, 16)]
    [InlineData(5, 0, 16)]
    public void Product_is_the_sum_over_the_inner_dimension_turned_or_not(int rows, int inner, int width)
    {
        var random = new RandomStream(1);
        float[] a = [.. Enumerable.Range(0, rows * inner).Select(_ => (float)random.NextNormal())];
        float[] b = [.. Enumerable.Range(0, inner * width).Select(_ => (float)random.NextNormal())];
        float[] turned = [.. Enumerable.Range(0, rows * inner).Select(i => a[(i % rows * inner) + (i / rows)])];
        var (c, d) = (new float[rows * width], new float[rows * width]);
        Array.Fill(c, float.NaN);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(a, inner), rows, inner, b, c, width);
        MatrixProduct.Multiply(MatrixProduct.Left.Columns(turned, rows), rows, inner, b, d, width);
        d.ShouldBe(c);
        for (var i = 0; i < c.Length; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < inner; k++) { sum += (double)a[(i / width * inner) + k] * b[(k * width) + (i % width)]; }
            c[i].ShouldBe((float)sum, 1e-4f);
        }
    }

    [Fact]
    public void Cutting_rows_into_blocks_changes_no_bit()
    {
        var random = new RandomStream(2);
        float[] a = [.. Enumerable.Range(0, 11 * 20).Select(_ => (float)random.NextNormal())];
        float[] b = [.. Enumerable.Range(0, 20 * 48).Select(_ => (float)random.NextNormal())];
        var (whole, parts) = (new float[11 * 48], new float[11 * 48]);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(a, 20), 11, 20, b, whole, 48);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(a, 20), 3, 20, b, parts, 48);
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(a.AsSpan(3 * 20), 20), 8, 20, b, parts.AsSpan(3 * 48), 48);
        parts.ShouldBe(whole);
    }

    [Theory]
    [InlineData(2, 3, 15)]
    [InlineData(3, 3, 16)]
    public void Spans_that_do_not_fit_are_refused(int rows, int inner, int width) => Should.Throw<ArgumentException>(() =>
        MatrixProduct.Multiply(MatrixProduct.Left.Rows(new float[6], 3), rows, inner, new float[48], new float[48], width));
}
