using Lintel.Design.Diagnostics;

namespace Lintel.Design.Yaml;

/// <summary>A node of the file with its place: the closed set that a design uses.</summary>
internal abstract class YamlNode
{
    private protected YamlNode(SourceSpan at) => At = at;

    public SourceSpan At { get; }

    /// <summary>What it is, for messages.</summary>
    public abstract string Description { get; }

    public sealed class Scalar(SourceSpan at, LocatedText text, bool isPlain, int end) : YamlNode(at)
    {
        /// <summary>Offset in the file just behind it.</summary>
        public int End { get; } = end;

        public LocatedText Located { get; } = text;

        public string Text => Located.Text;

        /// <summary>Written without quotes, so that the core schema may read it as a number, a bool or null.</summary>
        public bool IsPlain { get; } = isPlain;

        public CoreType Core { get; } = isPlain ? CoreSchema.TypeOf(text.Text) : CoreType.Text;

        public override string Description => Core switch
        {
            CoreType.Null => "nothing",
            CoreType.Bool => $"the bool {Text}",
            CoreType.Number => $"the number {Text}",
            _ => $"'{(Text.Length > 60 ? Text[..60] + "…" : Text)}'",
        };
    }

    public sealed class List(SourceSpan at, IReadOnlyList<YamlNode> items, bool isCut = false) : YamlNode(at)
    {
        public IReadOnlyList<YamlNode> Items { get; } = items;

        /// <summary>Pieces are missing whose fault is reported already.</summary>
        public bool IsCut { get; } = isCut;

        public override string Description => "a list";
    }

    public sealed class Map(SourceSpan at, IReadOnlyList<Entry> entries, bool isCut = false) : YamlNode(at)
    {
        public IReadOnlyList<Entry> Entries { get; } = entries;

        /// <summary>Pieces are missing whose fault is reported already.</summary>
        public bool IsCut { get; } = isCut;

        public override string Description => "a map of keys";
    }

    internal sealed record Entry(Scalar Key, YamlNode Value);
}
