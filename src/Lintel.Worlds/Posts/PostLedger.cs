namespace Lintel.Worlds.Posts;

/// <summary>Everything that happened, in columns: posts in the order of time. A post's number is its place. Instants are seconds since
/// the first midnight.</summary>
internal sealed class PostLedger
{
    /// <summary>Never.</summary>
    public const int Never = int.MaxValue;

    public int Posts => Author.Count;

    /// <summary>By post.</summary>
    public List<int> Author { get; } = [];

    public List<int> Second { get; } = [];

    public List<int> Community { get; } = [];

    public List<int> Thread { get; } = [];

    /// <summary>The post that it answers; −1: it opens its thread.</summary>
    public List<int> Parent { get; } = [];

    public List<string> Text { get; } = [];

    public List<Form> Form { get; } = [];

    /// <summary>What the author drew; another form where the place did not allow it.</summary>
    public List<Form> Drawn { get; } = [];

    /// <summary>By policy, as bits.</summary>
    public List<int> Violates { get; } = [];

    /// <summary>By hour from the post on, had it stood.</summary>
    public List<int[]> Views { get; } = [];

    /// <summary>In order of time, had it stood.</summary>
    public List<List<Report>> Reports { get; } = [];

    public List<int> Removed { get; } = [];

    public List<int> Restored { get; } = [];

    /// <summary>In the order in which cases were taken up.</summary>
    public List<Verdict> Verdicts { get; } = [];

    /// <summary>In the same order.</summary>
    public List<Removal> Removals { get; } = [];

    public int Day(int post) => Second[post] / 86_400;

    public bool IsViolating(int post, PostPolicy policy) => (Violates[post] >> (int)policy & 1) != 0;

    /// <summary>Whether readers could see it.</summary>
    public bool Stands(int post, int second) => second < Removed[post] || second >= Restored[post];
}

/// <summary>What one reviewer said of one post.</summary>
/// <param name="Look">1: the first; 2: another reviewer's; 3: that of a third, where two did not agree.</param>
/// <param name="Says">Policies, as bits.</param>
/// <param name="Propensity">Chance with which a sampled post was drawn; NaN: it was reported or found by the word filter.</param>
internal readonly record struct Verdict(int Post, int Second, int Reviewer, int Look, ReviewSource Source, int Says, double Propensity);

/// <summary>A post that was taken down: a strike against its author, unless it is overturned.</summary>
/// <param name="Appealed">Never: it was not.</param> <param name="Ruled">When the appeal was ruled on.</param>
internal sealed record Removal(int Post, int Second, PostPolicy Policy, int Appealed, int Ruled, bool Overturned)
{
    /// <summary>Strikes of the author that stand with this one.</summary>
    public int Strikes { get; set; }

    public bool StandsAt(int second) => Second <= second && second - Second < ReviewDesk.StrikeDays * 86_400 && !(Overturned && Ruled <= second);
}

/// <summary>Why a post was reviewed.</summary>
internal enum ReviewSource
{
    Filter,
    Report,
    Sample,
}
