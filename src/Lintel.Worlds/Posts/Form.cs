namespace Lintel.Worlds.Posts;

/// <summary>What a post does with its words. Who reads the post, the one it answers and its author's people can tell the form; a bag of
/// the post's words cannot tell <see cref="Attack"/> from <see cref="Roles"/>, <see cref="Threat"/> from <see cref="Promise"/>,
/// <see cref="Sneer"/> from <see cref="Praise"/> and <see cref="Slur"/> from <see cref="Reclaimed"/>.</summary>
internal enum Form : byte
{
    /// <summary>About the community's topic.</summary>
    Chat,
    /// <summary>Insults an opinion, not a people.</summary>
    Rude,
    /// <summary>A slur against a people that is not the author's.</summary>
    Slur,
    /// <summary>The same, written so that a filter does not find it.</summary>
    Evaded,
    /// <summary>The author's own people's slur: a jest among themselves.</summary>
    Reclaimed,
    /// <summary>A slur told in order to condemn it.</summary>
    Quote,
    /// <summary>A word of a dialect that is a slur elsewhere.</summary>
    Homonym,
    /// <summary>A people to be gone, pests to stay.</summary>
    Attack,
    /// <summary>The same words: pests to be gone, a people to stay.</summary>
    Roles,
    /// <summary>Praise below a post that attacks a people: mostly mockery.</summary>
    Sneer,
    /// <summary>The same praise below a post that does not.</summary>
    Praise,
    /// <summary>A near copy of a text that is banned.</summary>
    Chant,
    /// <summary>Harm to a person, help to a thing.</summary>
    Threat,
    /// <summary>The same words: help to a person, harm to a thing.</summary>
    Promise,
    /// <summary>A threat or a jest, by who says it.</summary>
    Hint,
    /// <summary>Harm to a people: threat and hate.</summary>
    GroupThreat,
    /// <summary>Something is sold: by a neighbour or by a spammer.</summary>
    Offer,
    /// <summary>A near copy of what a ring of spammers posts these days.</summary>
    Campaign,
    /// <summary>A near copy of a harmless text that goes around.</summary>
    Pasta,
}
