namespace Lintel.Worlds.Queries;

/// <summary>What documents and queries are made of. Brands are made up.</summary>
internal static class ShopWords
{
    public static IReadOnlyList<string> Categories { get; } =
        ["kitchen", "garden", "camping", "cycling", "office", "tools", "lighting", "bedroom", "pets", "music", "sports", "travel"];

    /// <summary>Things by category, in threes that may stand for each other; behind a slash another word for the same thing.</summary>
    public static IReadOnlyList<string[]> Things { get; } =
    [
        Words("kettle/boiler teapot thermos/flask pan/skillet pot/saucepan wok knife/blade peeler grater mug/cup bowl plate/dish"),
        Words("shovel/spade rake hoe hose/pipe sprinkler bucket/pail planter/flowerpot trellis greenhouse bench/seat hammock parasol/sunshade"),
        Words("tent/shelter tarp bivouac stove/burner lantern cooler/icebox mat/pad cot sleepingbag compass/bearing rope/cord carabiner"),
        Words("saddle/seat pedal chain helmet/headgear gloves/mitts jersey pump/inflator tube tyre/tire lock/padlock bell rack/carrier"),
        Words("desk/table chair stool notebook/notepad folder binder pen/ballpoint pencil marker/highlighter stapler scissors/shears tape"),
        Words("hammer/mallet wrench/spanner pliers drill/driver saw sander/grinder screwdriver chisel file/rasp ladder/steps toolbox workbench"),
        Words("lamp/light chandelier sconce bulb/globe spotlight strip candle/taper candlestick torch/flashlight lampshade/shade dimmer switch"),
        Words("pillow/cushion bolster headrest blanket/throw quilt/duvet sheet/bedsheet mattress topper bedframe/bedstead wardrobe/closet drawer nightstand"),
        Words("leash/lead collar harness kennel/doghouse basket crate/cage feeder/dispenser fountain trough aquarium/fishtank terrarium perch"),
        Words("guitar ukulele mandolin/lute drum/snare cymbal tambourine piano/keyboard accordion harmonica/mouthorgan amplifier/amp microphone/mic speaker"),
        Words("racket/paddle shuttlecock net/mesh football basketball volleyball dumbbell/weight kettlebell barbell skates/rollers skateboard scooter"),
        Words("suitcase/trolley backpack/rucksack duffel wallet/purse pouch satchel/messenger umbrella/brolly raincoat poncho adapter/converter charger powerbank"),
    ];

    public static IReadOnlyList<string> Colours { get; } = Words("black white red blue green yellow grey brown orange purple");

    public static IReadOnlyList<string> Materials { get; } = Words("steel wooden plastic leather cotton ceramic aluminium bamboo");

    public static IReadOnlyList<string> Features { get; } =
        Words("folding waterproof quiet lightweight portable adjustable rechargeable insulated compact professional vintage antique modern sturdy washable silent");

    public static IReadOnlyList<int> Sizes { get; } = [2, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60];

    /// <summary>Units by category, and how they are shortened.</summary>
    public static IReadOnlyList<(string Unit, string Short)> Units { get; } =
    [
        ("litre", "l"), ("metre", "m"), ("litre", "l"), ("inch", "in"), ("piece", "pc"), ("millimetre", "mm"),
        ("watt", "w"), ("centimetre", "cm"), ("centimetre", "cm"), ("inch", "in"), ("kilogram", "kg"), ("litre", "l"),
    ];

    public static IReadOnlyList<string> Brands { get; } =
        [.. from first in Words("bel tor kan ari vel mos dun fen hal rix") from last in Words("dano mir veno stad luxa pero") select first + last];

    /// <summary>Sentences of a body: <c>{thing}</c> is the document's, <c>{other}</c> one of the category's.</summary>
    public static IReadOnlyList<string> Sentences { get; } =
    [
        "this {thing} is made for every day and for many years", "goes well with a {other} from the same maker", "our customers like how {feature} it is",
        "comes in a box with a short manual", "the {material} is easy to clean", "a good choice if you already have a {other}",
        "made in small numbers and checked by hand", "the {colour} version is sold out often", "not a toy , keep away from small children",
        "two years of guarantee on the {thing}", "weighs less than you expect from {material}",
    ];

    /// <summary>Number of things.</summary>
    public static int Count { get; } = Things.Sum(static t => t.Length);

    /// <summary>A thing's usual word, or the other one where it has two.</summary>
    public static string Name(int thing, bool isOther)
    {
        var names = Things[CategoryOf(thing)][thing % 12].Split('/');
        return names[isOther ? names.Length - 1 : 0];
    }

    public static int CategoryOf(int thing) => thing / 12;

    /// <summary>Things that may stand for each other share it.</summary>
    public static int KinOf(int thing) => thing / 3;

    private static string[] Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
