using Lintel.Numerics.Random;

namespace Lintel.Worlds.Posts;

/// <summary>How often authors of each kind write each form, and how often it violates: what the best possible score is made
/// of.</summary>
/// <remarks>Of a post's form and its author's kind: P(violates) as below, whatever else is known. The rows of what mostly violates are
/// multiplied so that the expected share of violating posts is the one that is asked for.</remarks>
internal sealed class FormTable
{
    /// <summary>Authors' kinds: honest, rude, repeat violators, spammers.</summary>
    public const int Kinds = 4;

    /// <summary>Share of authors by kind.</summary>
    public static readonly double[] KindShares = [0.87, 0.08, 0.02, 0.03];

    // form, share of an author's posts by kind, P(violates) by kind, and whether the share is scaled
    private static readonly (Form Form, PostPolicy? Policy, double[] Share, double[] Violates, bool IsScaled)[] Rows =
    [
        (Form.Rude, PostPolicy.Hate, [0.01, 0.15, 0.15, 0], [0.002, 0.002, 0.002, 0.002], false),
        (Form.Quote, PostPolicy.Hate, [0.004, 0.002, 0.001, 0], [0.01, 0.01, 0.01, 0.01], false),
        (Form.Reclaimed, PostPolicy.Hate, [0.006, 0.008, 0.004, 0], [0.03, 0.03, 0.03, 0.03], false),
        (Form.Roles, PostPolicy.Hate, [0.006, 0.006, 0.003, 0], [0.004, 0.004, 0.004, 0.004], false),
        (Form.Praise, PostPolicy.Hate, [0.004, 0.004, 0.003, 0], [0.005, 0.005, 0.005, 0.005], false),
        (Form.Promise, PostPolicy.Threat, [0.004, 0.005, 0.003, 0], [0.006, 0.006, 0.006, 0.006], false),
        (Form.Pasta, null, [0.004, 0.004, 0.004, 0.002], [0, 0, 0, 0], false),
        (Form.Slur, PostPolicy.Hate, [0.0001, 0.004, 0.035, 0], [0.98, 0.98, 0.98, 0.98], true),
        (Form.Evaded, PostPolicy.Hate, [0.00004, 0.001, 0.03, 0], [0.99, 0.99, 0.99, 0.99], true),
        (Form.Attack, PostPolicy.Hate, [0.0001, 0.006, 0.045, 0], [0.98, 0.98, 0.98, 0.98], true),
        (Form.Sneer, PostPolicy.Hate, [0.0002, 0.003, 0.012, 0], [0.3, 0.6, 0.9, 0.3], true),
        (Form.Chant, PostPolicy.Hate, [0.00002, 0.0005, 0.012, 0], [0.98, 0.98, 0.98, 0.98], true),
        (Form.Threat, PostPolicy.Threat, [0.0001, 0.004, 0.035, 0], [0.98, 0.98, 0.98, 0.98], true),
        (Form.Hint, PostPolicy.Threat, [0.0004, 0.003, 0.012, 0], [0.08, 0.4, 0.8, 0.08], true),
        (Form.GroupThreat, PostPolicy.Threat, [0.00001, 0.0005, 0.006, 0], [0.98, 0.98, 0.98, 0.98], true),
        (Form.Campaign, PostPolicy.Spam, [0, 0, 0, 0.09], [1, 1, 1, 1], true),
        (Form.Offer, PostPolicy.Spam, [0.003, 0.003, 0.003, 0.04], [0.02, 0.02, 0.02, 0.97], false),
    ];

    /// <summary>Of group threats, those that violate the policy on hate, too.</summary>
    public const double AlsoHate = 0.9;

    private readonly double[,] _share = new double[Kinds, Count];
    private readonly double[,] _violates = new double[Kinds, Count];
    private readonly PostPolicy?[] _policy = new PostPolicy?[Count];
    private readonly WeightedChoice[] _choices = new WeightedChoice[Kinds];

    /// <param name="prevalence">Share of posts that violate a policy.</param>
    public FormTable(double prevalence)
    {
        double Expected(bool isScaled) => Rows.Where(r => r.IsScaled == isScaled)
            .Sum(static r => KindShares.Select((share, kind) => share * r.Share[kind] * r.Violates[kind]).Sum());
        var scale = Math.Max(0, prevalence - Expected(false)) / Expected(true);
        foreach (var (form, policy, share, violates, isScaled) in Rows)
        {
            _policy[(int)form] = policy;
            for (var kind = 0; kind < Kinds; kind++)
            {
                _share[kind, (int)form] = share[kind] * (isScaled ? scale : 1);
                _violates[kind, (int)form] = violates[kind];
            }
        }
        for (var kind = 0; kind < Kinds; kind++)
        {
            var k = kind;
            _share[kind, (int)Form.Chat] = 1 - Enumerable.Range(0, Count).Sum(f => _share[k, f]);
            _choices[kind] = new(Enumerable.Range(0, Count).Select(f => _share[k, f]));
        }
    }

    private static int Count { get; } = Enum.GetValues<Form>().Length;

    /// <summary>What an author of a kind writes next.</summary>
    public Form Draw(int kind, RandomStream random) => (Form)_choices[kind].Draw(random);

    /// <summary>Share of a form among the posts of a kind of author.</summary>
    public double Share(int kind, Form form) => _share[kind, (int)form];

    /// <summary>The policy that a form may violate; null: none.</summary>
    public PostPolicy? PolicyOf(Form form) => _policy[(int)form];

    /// <summary>Chance that a post of a form violates <see cref="PolicyOf"/>.</summary>
    public double Violates(int kind, Form form) => _violates[kind, (int)form];

    /// <summary>Whether it is against a people: what praise below it mocks.</summary>
    public static bool IsAttack(Form form) => form is Form.Slur or Form.Evaded or Form.Attack or Form.Chant or Form.GroupThreat;

    /// <summary>Harmless in most cases, and easily taken for what is not, by people, too.</summary>
    public static bool IsDelicate(Form form) => form is Form.Quote or Form.Reclaimed or Form.Homonym or Form.Roles or Form.Praise
        or Form.Promise or Form.Hint or Form.Sneer or Form.Offer or Form.Rude;
}
