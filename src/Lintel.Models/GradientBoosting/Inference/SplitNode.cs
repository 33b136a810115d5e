namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>A split as the kernels read it, 8 bytes. Each feature has two columns: one in which missing is −∞ (it goes left of every
/// threshold) and one in which it is +∞ (it goes right), so that a split asks one question: x &gt;= threshold?</summary>
/// <param name="Threshold">Finite, so that the infinities fall where they should.</param>
/// <param name="Column">2·feature when missing goes left, 2·feature + 1 when it goes right.</param>
internal readonly record struct SplitNode(float Threshold, int Column)
{
    /// <summary>A question whose answer does not matter: both sides hold the same leaves.</summary>
    public static SplitNode Padding => new(0, 0);

    public static SplitNode Of(in TreeNode node) => new(node.Value, (2 * node.Feature) + (node.MissingLeft ? 0 : 1));
}

/// <summary>A node of a deep tree, 16 bytes: the next one is <c>Left + (x &gt;= Value ? Step : 0)</c>; a leaf leads to itself.</summary>
/// <param name="Value">Threshold, or the leaf's value.</param> <param name="Step">1 at a split, 0 at a leaf.</param>
internal readonly record struct LinkedNode(float Value, int Column, int Left, int Step);
