using Lintel.Worlds.Posts.Languages;

namespace Lintel.Worlds.Posts;

/// <summary>Texts that the platform has banned, near copies of which are posted again and again.</summary>
/// <param name="Language">Its code.</param> <param name="From">Second since the first midnight from which it is on the list.</param>
internal sealed record BannedText(string Text, string Language, long From);

internal static class BannedList
{
    /// <summary>Half of them are known before the first day, the rest by the middle of the world.</summary>
    public static List<BannedText> Of(PostsOptions options)
    {
        var wording = new Wording(options);
        List<BannedText> banned = [];
        foreach (var language in Lexicon.All)
        {
            for (var template = 0; template < language.Templates[Form.Chant].Length; template++)
            {
                for (var people = 0; people < Peoples.Names.Count; people++)
                {
                    var day = banned.Count % 2 == 0 ? -1 - banned.Count : banned.Count % Math.Max(1, options.Days / 2);
                    banned.Add(new(wording.BannedText(language, template, people), language.Code, 86_400L * day));
                }
            }
        }
        return banned;
    }
}
