using System.Text;
using Lintel.Numerics.Random;
using Lintel.Worlds.Posts.Languages;

namespace Lintel.Worlds.Posts;

/// <summary>Writes the text of a post of a given form. The text depends on the form, the place and the day only, never on its author's
/// kind or on whether it violates: what a text tells is its form. Not thread-safe.</summary>
internal sealed class Wording(PostsOptions options)
{
    /// <summary>Days that a ring of spammers keeps its text.</summary>
    private const int CampaignDays = 3;

    private readonly StringBuilder _text = new();

    /// <param name="people">Whom it is about.</param> <param name="ring">Of a campaign's author.</param>
    public string Write(Form form, Community community, int people, int ring, int day, RandomStream random)
    {
        _text.Clear();
        switch (form)
        {
            case Form.Campaign:
                // one text for the ring and the day, whoever copies it
                var fixedText = PostStreams.Open(options, PostStreams.Ring, ring, 1 + (day / CampaignDays));
                return Copy(Sentence(Form.Campaign, community, people, day, fixedText), random);
            case Form.Chant:
                return Copy(BannedText(community.Language, random.NextInt32(community.Language.Templates[Form.Chant].Length), people), random);
            case Form.Pasta:
                return Copy(Sentence(Form.Pasta, community, people, day, random), random);
        }
        var around = form == Form.Chat ? random.NextInt32(3) : random.NextDouble() < 0.4 ? 1 : 0;
        var isBefore = random.NextInt32(2) == 0;
        var text = Sentence(form, community, people, day, random);
        for (var left = around; left > 0; left--)
        {
            var other = Sentence(Form.Chat, community, random.NextInt32(Peoples.Names.Count), day, random);
            text = isBefore ? Joined(other, text) : Joined(text, other);
        }
        return Set(text, community.Dialect, random);
    }

    /// <summary>A text that is banned, as the list has it.</summary>
    public string BannedText(Lexicon language, int template, int people)
    {
        var random = PostStreams.Open(options, PostStreams.Banned, template, (100 * people) + language.Code[0]);
        return Fill(language.Templates[Form.Chant][template], language, 0, people, "", random);
    }

    private static string Joined(string first, string second) => first[^1] == '?' ? $"{first} {second}" : $"{first} . {second}";

    private string Sentence(Form form, Community community, int people, int day, RandomStream random)
    {
        var language = community.Language;
        var written = form switch
        {
            Form.Evaded or Form.Reclaimed => Form.Slur,
            Form.Sneer => Form.Praise,
            _ => form,
        };
        var slur = "";
        if (written is Form.Slur or Form.Quote)
        {
            slur = options.IsDrifted(day) && people == Peoples.NewSlurOf && random.NextDouble() < 0.9
                ? Peoples.NewSlur : random.Pick(Peoples.Slurs[people]);
            if (form == Form.Evaded) { slur = Evasions.Write(slur, Evasions.Draw(options.IsDrifted(day), random), random); }
        }
        else if (written == Form.Homonym) { slur = community.Dialect.Homonym!; }
        return Fill(random.Pick(language.Templates[written]), language, community.Topic, people, slur, random);
    }

    private string Fill(string[] template, Lexicon language, int topic, int people, string slur, RandomStream random)
    {
        _text.Clear();
        foreach (var word in template)
        {
            if (_text.Length > 0) { _text.Append(' '); }
            _text.Append(word switch
            {
                "{n}" => random.Pick(language.Nouns[topic]),
                "{group}" => Peoples.Names[people],
                "{slur}" or "{homonym}" => slur,
                _ when word[0] == '{' => random.Pick(language.Words[word[1..^1]]),
                _ => word,
            });
        }
        return _text.ToString();
    }

    /// <summary>A near copy: some words left out, exchanged with the next one or written with other letters.</summary>
    private string Copy(string text, RandomStream random)
    {
        var words = text.Split(' ').ToList();
        for (var i = words.Count - 1; i >= 0; i--)
        {
            switch (random.NextDouble())
            {
                case < 0.04: words.RemoveAt(i); break;
                case < 0.07 when i + 1 < words.Count: (words[i], words[i + 1]) = (words[i + 1], words[i]); break;
                case < 0.12: words[i] = Evasions.Write(words[i], (Evasion)random.NextInt32(2), random); break;
            }
        }
        return Set(string.Join(' ', words), Dialect.Standard, random);
    }

    /// <summary>As it is typed: the dialect's words, marks behind their word, sometimes a capital letter, a dot, a slip.</summary>
    private string Set(string text, Dialect dialect, RandomStream random)
    {
        _text.Clear();
        foreach (var standard in text.Split(' '))
        {
            var word = dialect.Words.TryGetValue(standard, out var own) ? own : standard;
            if (_text.Length > 0 && !(word is "," or "." or "?" or ":")) { _text.Append(' '); }
            _text.Append(word);
        }
        if (random.NextDouble() < 0.5) { _text[0] = char.ToUpperInvariant(_text[0]); }
        if (random.NextDouble() < 0.4 && _text[^1] != '?') { _text.Append('.'); }
        if (random.NextDouble() < 0.05) { _text.Remove(1 + random.NextInt32(_text.Length - 2), 1); }
        return _text.ToString();
    }
}
