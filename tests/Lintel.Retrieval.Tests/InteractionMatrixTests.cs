using Lintel.Retrieval.Interactions;

namespace Lintel.Retrieval.Tests;

public sealed class InteractionMatrixTests
{
    private static readonly InteractionMatrix Matrix =
        InteractionMatrix.Of(4, 3, [2, 0, 2, 2, 3], [1, 2, 0, 1, 2], [1, 2, 3, 4, 5]);

    [Fact]
    public void Cells_are_by_row_ascending_and_repeats_add_up()
    {
        Matrix.Count.ShouldBe(4);
        Matrix.Columns(2).ToArray().ShouldBe([0, 1]);
        Matrix.Weights(2).ToArray().ShouldBe([3f, 5f]);
        Matrix.Columns(1).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Transposed_twice_is_the_same()
    {
        var back = Matrix.Transpose().Transpose();
        for (var row = 0; row < Matrix.RowCount; row++)
        {
            back.Columns(row).ToArray().ShouldBe(Matrix.Columns(row).ToArray());
            back.Weights(row).ToArray().ShouldBe(Matrix.Weights(row).ToArray());
        }
        Matrix.Transpose().Columns(2).ToArray().ShouldBe([0, 3]);
    }

    [Theory]
    [InlineData(4, 0, 1f, "row 4")]
    [InlineData(0, 3, 1f, "column 3")]
    [InlineData(0, 0, 0f, "weighs 0")]
    [InlineData(0, 0, float.NaN, "weighs NaN")]
    public void What_is_out_of_range_is_refused(int row, int column, float weight, string told) =>
        Should.Throw<ArgumentException>(() => InteractionMatrix.Of(4, 3, [row], [column], [weight]))
            .Message.ShouldContain(told);
}
