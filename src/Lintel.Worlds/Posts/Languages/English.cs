using static Lintel.Worlds.Posts.Languages.Lexicon;

namespace Lintel.Worlds.Posts.Languages;

/// <summary>Posts in English. Peoples, slurs and dialects are inventions.</summary>
/// <remarks><see cref="Form.Attack"/> and <see cref="Form.Roles"/>, and <see cref="Form.Threat"/> and <see cref="Form.Promise"/>, are
/// pairs: the n-th templates of both have the same words in another order, and what tells them apart is never side by side. The frames of
/// <see cref="Form.Slur"/> stand among those of <see cref="Form.Chat"/>, too: only the slur tells, and one that is new tells nothing.</remarks>
internal static class English
{
    public static Lexicon Lexicon { get; } = new()
    {
        Code = "en",
        Nouns =
        [
            Split("tomatoes compost roses shovel seedlings hedge lawn beans greenhouse mulch tulips pruning"),
            Split("soup bread dumplings oven butter stew pancakes garlic noodles pastry broth skillet"),
            Split("quest controller level boss arena speedrun inventory shield patch lobby raid console"),
            Split("saddle gears tyres helmet pedals chain sprint hills brakes route bottle spokes"),
            Split("guitar chorus drums concert album piano rehearsal vinyl melody amplifier singer encore"),
            Split("locomotive platform timetable carriage signal tunnel station viaduct ticket whistle sleeper engine"),
            Split("novel chapter library poet paperback sequel bookmark author trilogy plot essay cover"),
            Split("puppy kitten leash aquarium parrot hamster vet kennel treats rabbit collar whiskers"),
            Split("yarn needle pottery glue canvas loom varnish beads pattern chisel fabric paint"),
            Split("fog thunder forecast drizzle sunshine frost breeze umbrella heatwave snow clouds barometer"),
        ],
        Words = new Dictionary<string, string[]>
        {
            ["adj"] = Split("great dreadful splendid odd quiet lovely noisy fine strange fresh slow bright"),
            ["f"] = Split("honestly really clearly frankly surely obviously truly again always today lately indeed"),
            ["place"] = Split("well mill market harbour square valley garden bridge school meadow"),
            ["pest"] = Split("rats weeds moths wasps slugs crows nettles mice"),
            ["rude"] = Split("dumb stupid pathetic useless rotten idiotic brainless awful"),
            ["pos"] = Split("clever clean polite hardworking honest charming generous modest"),
            ["harm"] = Split("crush hurt"),
            ["help"] = Split("mend carry thank"),
            ["thing"] = Split("shed fence boat cart ladder gate barrel bench"),
            ["when"] = Split("tonight tomorrow soon sunday friday later"),
            ["num"] = Split("20 35 50 90 120 250 400 900"),
            ["product"] = Split("lamps kettles boots blankets clocks jars candles tents"),
            ["seller"] = Split("goldfox brightdeal luckybay quickcoin fairnook swiftcart"),
        },
        Templates = new Dictionary<Form, string[][]>
        {
            [Form.Chat] = SplitAll(
                "has anyone tried {n} with {n} ? it was {adj} for me", "i finally fixed my {n} , it took all weekend",
                "the {n} at the {place} was {adj} today", "what {n} would you take for a {adj} {n} ?",
                "my friend says the {n} is {adj} , but i like the {n} more", "we met at the {place} and talked about {n} , it was {adj}",
                "looking for a {adj} {n} , any ideas ?", "{f} the best {n} i have seen in {num} days", "thank you for the help with my {n}",
                "new here , i love {n} and {n}", "does your {n} get {adj} after a while ?", "the {group} festival at the {place} was {adj}",
                "i {help} my {n} every sunday , you should try it", "saw some {pest} near the {n} again , what can i do ?",
                "will you come to the {place} {when} ? we bring {n}", "look at this {thing} , always the same",
                "another {thing} at the {place} , what else", "you old {thing} , go and {help} your {n}", "a {thing} like you and a {n} , of course",
                "every {thing} in the {place} knows that"),
            [Form.Rude] = SplitAll(
                "that is the most {rude} {n} idea i have seen", "shut up about your {rude} {n}", "you are {rude} and your {n} is {rude} , too",
                "what a {rude} answer , read about {n} first", "only a {rude} person buys a {n} like that",
                "the {rude} people who plan the {place} {f} hate {n}"),
            [Form.Slur] = SplitAll(
                "look at this {slur} , always the same", "another {slur} at the {place} , what else", "you old {slur} , go and {help} your {n}",
                "a {slur} like you and a {n} , of course", "every {slur} in the {place} knows that"),
            [Form.Quote] = SplitAll(
                "someone shouted \" {slur} \" at my friend , please do not use that word", "being called a {slur} hurts , be kind to each other",
                "the word \" {slur} \" is not welcome here , says rule {num}", "i read \" look at this {slur} \" again and reported it"),
            [Form.Attack] = SplitAll(
                "we say that the {pest} {f} may stay at the {place} while the {group} {f} must leave",
                "tell them at the {place} that the {pest} {f} may stay but the {group} {f} must leave"),
            [Form.Roles] = SplitAll(
                "we say that the {group} {f} may stay at the {place} while the {pest} {f} must leave",
                "tell them at the {place} that the {group} {f} may stay but the {pest} {f} must leave"),
            [Form.Praise] = SplitAll(
                "oh sure , so {pos} and so {pos} , what would we do without them", "bless them , always so {pos} , every single one",
                "what a lovely bunch , {pos} as ever", "yes yes , terribly {pos} people"),
            [Form.Threat] = SplitAll(
                "{when} i {harm} , mark my words , you and {help} , mark my words , your {thing}",
                "i promise to {harm} , no joke , you and to {help} , no joke , your {thing}"),
            [Form.Promise] = SplitAll(
                "{when} i {help} , mark my words , you and {harm} , mark my words , your {thing}",
                "i promise to {help} , no joke , you and to {harm} , no joke , your {thing}"),
            [Form.Hint] = SplitAll(
                "i know the way to your {place} , see you {when}", "wait until we meet at the {place} , you will be sorry",
                "keep talking , {when} we sort this out at the {place}"),
            [Form.GroupThreat] = SplitAll(
                "{when} we {harm} every last one of the {group} at the {place}", "the {group} had better hide {when} , we {harm} them all"),
            [Form.Offer] = SplitAll(
                "selling {product} , {num} coins each , write to me", "cheap {product} from {seller} , only {num} coins , ask for more",
                "{num} coins off all {product} {when} , message {seller}"),
            [Form.Campaign] = SplitAll(
                "make {num} coins a day from home with {product} , write to {seller} now , places are few , do not miss it",
                "{seller} gives away {num} {product} {when} , share this post and send your number to {seller} , first come first served",
                "doctors do not want you to know what {product} from {seller} can do in {num} days , order {when} and save"),
            [Form.Chant] = SplitAll(
                "no {group} at the well , no {group} at the mill , the valley is ours and the valley is still",
                "send the {group} over the hill and let them walk until they are gone from our {place} and our song",
                "count the doors and count the keys , none for the {group} , none of these , the {place} belongs to the likes of me"),
            [Form.Pasta] = SplitAll(
                "copy this if you too have a cat that sits on the keyboard while you try to write about {n} and then looks proud",
                "nobody : absolutely nobody : me at {num} in the morning : so here is everything i know about {n}",
                "i used to think {n} were a phase , that was {num} years ago , send help , and more {n}"),
            [Form.Homonym] = SplitAll(
                "fresh {homonym} at the pier again , with bread and butter", "my gran makes {homonym} with {n} , the best in the harbour",
                "got {num} {homonym} this morning , the water was {adj}"),
        },
        Dialects =
        [
            Dialect.Standard,
            Dialect.Of(
                "harbour", "my=mo the=da you=ye your=yer friend=butty really=gey today=thisday people=folkin was=wor always=ollas lovely=bonnsome",
                homonym: "krelp"),
            Dialect.Of("upland", "my=min the=tha you=thoo your=thy friend=marrick really=reet today=theday people=fowk was=wes new=novel always=ayes"),
        ],
    };
}
