namespace Lintel.Worlds.Posts;

/// <summary>What a post may violate. A post may violate several.</summary>
public enum PostPolicy
{
    /// <summary>Against an (invented) people. Severity 3.</summary>
    Hate,
    /// <summary>Harm announced to a person or a people. Severity 5.</summary>
    Threat,
    /// <summary>Bought or coordinated advertising. Severity 1.</summary>
    Spam,
}

/// <summary>Facts about policies.</summary>
public static class PostPolicies
{
    public static IReadOnlyList<PostPolicy> All { get; } = [PostPolicy.Hate, PostPolicy.Threat, PostPolicy.Spam];

    /// <summary>How bad a view of it is, beside one of spam.</summary>
    public static int Severity(PostPolicy policy) => policy switch { PostPolicy.Hate => 3, PostPolicy.Threat => 5, _ => 1 };

    /// <summary>As files name it.</summary>
    internal static string Name(PostPolicy policy) => policy.ToString().ToLowerInvariant();
}
