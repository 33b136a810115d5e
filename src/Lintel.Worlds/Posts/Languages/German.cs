using static Lintel.Worlds.Posts.Languages.Lexicon;

namespace Lintel.Worlds.Posts.Languages;

/// <summary>Posts in German, as <see cref="English"/>.</summary>
internal static class German
{
    public static Lexicon Lexicon { get; } = new()
    {
        Code = "de",
        Nouns =
        [
            Split("tomaten kompost rosen schaufel setzlinge hecke bohnen tulpen"), Split("suppe brot klöße butter eintopf knoblauch nudeln brühe"),
            Split("quest level endgegner arena schild patch lobby konsole"), Split("sattel gänge reifen helm pedale kette bremsen strecke"),
            Split("gitarre refrain schlagzeug konzert album klavier probe melodie"), Split("lokomotive bahnsteig fahrplan waggon signal tunnel bahnhof pfiff"),
            Split("roman kapitel bücherei dichter fortsetzung autorin handlung einband"), Split("welpe kätzchen leine aquarium papagei hamster kaninchen halsband"),
            Split("wolle nadel töpfern kleber leinwand webstuhl lack perlen"), Split("nebel donner vorhersage niesel sonne frost brise schnee"),
        ],
        Words = new Dictionary<string, string[]>
        {
            ["adj"] = Split("großartig furchtbar seltsam ruhig schön laut frisch langsam"),
            ["f"] = Split("ehrlich wirklich klar offenbar sicher immer heute"),
            ["place"] = Split("brunnen markt hafen tal garten anger"),
            ["pest"] = Split("ratten wespen motten schnecken krähen mäuse"),
            ["rude"] = Split("dumm blöd peinlich nutzlos lächerlich albern"),
            ["pos"] = Split("klug sauber höflich fleißig ehrenhaft bescheiden"),
            ["harm"] = Split("zerschlage verletze"),
            ["help"] = Split("repariere pflege grüße"),
            ["thing"] = Split("zaun kahn karren wagen schuppen schlitten"),
            ["when"] = Split("morgen bald sonntag später"),
            ["num"] = Split("20 35 50 90 120 250 400 900"),
            ["product"] = Split("lampen stiefel decken uhren kerzen zelte"),
            ["seller"] = Split("goldfox brightdeal luckybay quickcoin fairnook swiftcart"),
        },
        Templates = new Dictionary<Form, string[][]>
        {
            [Form.Chat] = SplitAll(
                "hat jemand erfahrung mit {n} und {n} ? ich finde es {adj}", "endlich fertig mit {n} , das ganze wochenende", "heute am {place} mit {n} , {adj}",
                "suche rat zu {n} , danke euch", "wir sehen uns {when} am {place} mit {n}", "das fest der {group} am {place} war {adj}",
                "da sind {pest} bei {n} , was tun ?", "{f} lieber {n} als {n}",
                "schau dir diesen {thing} an , immer das gleiche", "noch ein {thing} am {place} , klar", "ein {thing} wie du mit {n}"),
            [Form.Rude] = SplitAll("was für ein {rude} gerede über {n}", "das ist {rude} und {n} auch", "hör auf mit {n} , das ist {rude}"),
            [Form.Slur] = SplitAll(
                "schau dir diesen {slur} an , immer das gleiche", "noch ein {slur} am {place} , klar", "ein {slur} wie du mit {n}"),
            [Form.Quote] = SplitAll(
                "jemand rief \" {slur} \" zu meinem freund , bitte lasst dieses wort", "{slur} genannt zu werden tut weh , seid nett",
                "das wort \" {slur} \" ist hier nicht willkommen , regel {num}"),
            [Form.Attack] = SplitAll(
                "wir sagen , die {pest} {f} dürfen am {place} bleiben und die {group} {f} müssen gehen",
                "am {place} gilt , die {pest} {f} dürfen bleiben , aber die {group} {f} müssen gehen"),
            [Form.Roles] = SplitAll(
                "wir sagen , die {group} {f} dürfen am {place} bleiben und die {pest} {f} müssen gehen",
                "am {place} gilt , die {group} {f} dürfen bleiben , aber die {pest} {f} müssen gehen"),
            [Form.Praise] = SplitAll("ja klar , so {pos} und so {pos}", "was für reizende leute , {pos} wie immer", "ach , immer so {pos} , alle miteinander"),
            [Form.Threat] = SplitAll("{when} , das schwöre ich , {harm} ich {f} dich und {help} ich {f} deinen {thing}"),
            [Form.Promise] = SplitAll("{when} , das schwöre ich , {help} ich {f} dich und {harm} ich {f} deinen {thing}"),
            [Form.Hint] = SplitAll("ich weiß , wo dein {place} ist , bis {when}", "rede nur weiter , {when} klären wir das am {place}"),
            [Form.GroupThreat] = SplitAll("{when} {harm} ich alle {group} am {place}", "die {group} sollten sich verstecken , {when} {harm} ich sie alle"),
            [Form.Offer] = SplitAll("verkaufe {product} , {num} taler , schreib mir", "billige {product} von {seller} , nur {num} taler"),
            [Form.Campaign] = SplitAll(
                "verdiene {num} taler am tag von zu hause mit {product} , schreib jetzt an {seller} , nur wenige plätze , nicht verpassen",
                "{seller} verschenkt {when} {num} {product} , teile diesen beitrag und schicke deine nummer an {seller} , solange der vorrat reicht"),
            [Form.Chant] = SplitAll(
                "kein {group} am brunnen , kein {group} am steg , das tal ist unser und unser der weg",
                "schickt die {group} über den berg bei nacht , bis keiner mehr am {place} lacht"),
            [Form.Pasta] = SplitAll(
                "kopiere das , wenn auch deine katze auf der tastatur sitzt , während du über {n} schreibst , und dann stolz schaut",
                "niemand : wirklich niemand : ich um {num} uhr morgens : hier ist alles , was ich über {n} weiß"),
        },
        Dialects = [Dialect.Standard],
    };
}
