using System.Collections.Immutable;

namespace Lintel.Models.GradientBoosting;

/// <summary>The payload of a tree model: features, scale, start, offset, then each tree's nodes breadth first. Children are implied by
/// the order (see <see cref="Tree"/>), so a feature's number is the only index in the file.</summary>
/// <remarks>Little-endian. A node: feature (int, −1 a leaf, with bit 30 set when missing goes left), value (float), cover (float).</remarks>
internal static class TreeModelFormat
{
    /// <summary>A bound on what a damaged file may ask for.</summary>
    private const int MaxTrees = 1_000_000;
    private const int MaxFeatures = 1 << 24;
    private const int MissingLeftBit = 1 << 30;
    private const int NodeBytes = 12;

    public static void Write(BinaryWriter writer, TreeModel model)
    {
        writer.Write(model.FeatureCount);
        writer.Write((byte)model.Scale);
        writer.Write(model.Start);
        writer.Write(model.Offset);
        writer.Write(model.TreeCount);
        foreach (var tree in model.Trees)
        {
            writer.Write(tree.Nodes.Length);
            foreach (var node in tree.Nodes)
            {
                writer.Write(node.MissingLeft && !node.IsLeaf ? node.Feature | MissingLeftBit : node.Feature);
                writer.Write(node.Value);
                writer.Write(node.Cover);
            }
        }
    }

    /// <exception cref="InvalidDataException">A count, an index or a number is outside its range; the message says which.</exception>
    public static TreeModel Read(BinaryReader reader)
    {
        var featureCount = Payload.ReadCount(reader, "features", 1, MaxFeatures);
        var scale = Payload.ReadScale(reader);
        var start = reader.ReadSingle();
        var offset = reader.ReadDouble();
        if (!float.IsFinite(start) || !double.IsFinite(offset))
        {
            throw new InvalidDataException($"starts at {start} with offset {offset}, expected finite numbers");
        }
        var treeCount = Payload.ReadCount(reader, "trees", 0, MaxTrees, sizeof(int) + NodeBytes);
        var trees = ImmutableArray.CreateBuilder<Tree>(treeCount);
        for (var i = 0; i < treeCount; i++)
        {
            var nodes = new TreeNode[Payload.ReadCount(reader, $"nodes of tree {i}", 1, Tree.MaxNodes, NodeBytes)];
            for (var n = 0; n < nodes.Length; n++)
            {
                var feature = reader.ReadInt32();
                var missingLeft = feature >= 0 && (feature & MissingLeftBit) != 0;
                nodes[n] = new(missingLeft ? feature & ~MissingLeftBit : feature, reader.ReadSingle(), missingLeft, reader.ReadSingle());
            }
            try { trees.Add(new Tree(nodes, featureCount)); }
            catch (InvalidDataException e) { throw new InvalidDataException($"tree {i}: {e.Message}", e); }
        }
        return new(trees.MoveToImmutable(), featureCount, start, offset, scale);
    }
}
