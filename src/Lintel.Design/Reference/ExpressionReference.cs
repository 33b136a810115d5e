using System.Text;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Reference;

/// <summary>The reference page of the expression language; its tables come from the tables that the checker reads.</summary>
public static class ExpressionReference
{
    /// <summary>The page in Markdown, ending in a line feed.</summary>
    public static string Generate()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        page.Append("\n\n## Functions\n\nA missing argument gives missing (except in `present`), and so does a result that is not finite.\n\n");
        page.Append("| function | gives | meaning | example |\n|---|---|---|---|\n");
        foreach (var function in Functions.All)
        {
            var parameters = string.Join(", ", function.Parameters.Select(Word));
            page.Append($"| `{function.Name}({parameters})` | {Word(function.Result)} | {function.Summary} | `{function.Example}` |\n");
        }
        page.Append(Places.ReplaceLineEndings("\n"));
        page.Append($"\n\nWords that cannot be names: {string.Join(", ", ExpressionParser.Reserved.Select(static w => $"`{w}`"))}. ");
        page.Append($"An expression is at most {SyntaxNode.DepthLimit} levels deep.\n");
        return page.ToString();
    }

    private static string Word(DataType type) => type switch
    {
        DataType.Missing => "any",
        DataType.Bool => "condition",
        _ => type.ToString().ToLowerInvariant(),
    };

    private const string Introduction = """
        # Expressions

        *Generated from the language's own tables.*

        One small, typed, total language is used for features, labels, the policy, costs, baselines and slices: no loops, so that nothing
        can hang, and every fault is reported with its place before any data is read.

        ## Values

        | type | written | notes |
        |---|---|---|
        | number | `12`, `0.5`, `1e6`, `90%` | 64-bit; a percent sign divides by 100 |
        | condition | `true`, `false` | |
        | text | `"visa"`, `'visa'` | `\"`, `\\`, `\n` and `\t` inside; only compared for equality |
        | time | `2018-07-25`, `2018-07-25T08:30:00` | in the design's time zone; with a `Z` at the end, UTC |
        | duration | `10ms`, `1s`, `30m`, `12h`, `7d`, `2w`, `1us` | `m` is minutes, a day has 24 hours |
        | key | | of an entity, such as a card; only compared, looked up in lists, and used after `by` |
        | missing | `missing` | fits everywhere |

        **Missing.** Arithmetic, comparisons and functions with a missing value give missing. `x / 0` is missing. `a and b` is false when
        one side is false, `a or b` is true when one side is true, whatever the other; otherwise a missing side makes them missing. A rule,
        a slice or a `where` with a missing condition does not hold; `if` with a missing condition is missing. `x ?? 0` gives a default, and
        `present(x)` asks. Models receive missing as missing.

        **Names.** A bare name is a field or key of the decided event, or its `time`; else another feature. `payment.amount` names
        the event too. A key of the event that this one is about also answers to its bare name. In the policy a model's name is its score.
        A feature may have a field's name only if it is that field.

        ## Operators, from loosest to tightest

        | | takes | gives |
        |---|---|---|
        | `if c then a else b` | a condition and two values of one type | that type |
        | `a or b` | conditions | condition |
        | `a and b` | conditions | condition |
        | `not a` | a condition | condition |
        | `= != < <= > >=`, `x in [a, b]`, `x in blocklist` | two values of one type (order: numbers, times, durations); a key or text in a list that is managed beside the design | condition; they do not chain |
        | `a ?? b` | two values of one type | `b` where `a` is missing |
        | `+ -` | numbers; durations; time ± duration; time − time | number; duration; time; duration |
        | `* /` | numbers; duration × or ÷ number; duration ÷ duration | number; duration; number |
        | `-a` | a number or a duration | the same |

        ## Windowed aggregates

        `AGGREGATE(EVENT.FIELD) by KEYS over DURATION where CONDITION`; each clause may be left out. Without `by`: over all keys. Without
        `over`: all that was ever known. The window of a decision known at *t* holds what became known in [*t* − duration, *t*), never the decision's own event. Windows run
        over **known** time: a verdict that takes a week to arrive enters when it arrives.

        What is aggregated may be any expression over one event's columns, `mean(minutes(delivered.time - delivered.order.time))`; inside an
        aggregate every name means that event's columns. `where` takes all that follows it; to go on after the condition, put it inside the parentheses:
        `count(payment where amount > 100) by card over 7d > 3`. Several keys are joined with commas, `by user, ad`; where an argument list goes on after
        the keys, put the aggregate in parentheses. `min` and `max` of two values are functions, of one value aggregates. An aggregate does not stand inside
        another: make the inner one an event or a feature.

        | aggregate | of | gives | over nothing |
        |---|---|---|---|
        | `count(EVENT)` | records | number | 0 |
        | `sum(x)` | numbers, conditions (1 or 0), durations | number or duration; exact in units of the field's scale | 0 |
        | `mean(x)` | the same | the same | missing |
        | `std(x)` | the same | sample standard deviation (n − 1); missing below two values | missing |
        | `min(x)` `max(x)` | numbers, times, durations | the same type | missing |
        | `last(x)` `first(x)` | any | the value that became known last or first | missing |
        | `distinct(x)` | any | how many different values, a number | missing |
        | `since(EVENT)` | records | a duration: from the last one's known instant to the decision | missing |

        Missing values are left out of all but `count` and `since`.

        **Rates.** `rate(click, impression) by ad over 7d` is `count(click) by ad over 7d / count(impression) by ad over 7d`; a `where` and the
        keys are said of both events. With `smoothed 20` it is (clicks + 20 · r) / (impressions + 20), r being the same share in the same window
        without keys: what has few impressions is near the overall rate, and what has none is it. Without any impression at all it is missing.
        An impression counts at once and its click when it is known, so that the last few lower a rate until their clicks could have come.

        ## Ids

        A feature that is a text or a key is an *id*: a whole number that only equality knows. Kinds of models that read ids take it; the others
        take numbers.

        | feature | is |
        |---|---|
        | `device: device`, `user: user` | the code of its dictionary, given in the order of first sight; rows hold it exactly below 2^24, so hash what can have more |
        | `user: user hashed 22 bits` | the hash of the text, 8 to 24 bits: the same on every machine, whoever came first |
        | `both: cross(user, ad.creative) hashed 22 bits` | the hash of a combination of texts, keys, whole numbers and conditions; missing where a part is, or a number is not whole |
        | `genres: movie.genres most 3` | `genres_1` to `genres_3`: the first members of a catalogue's list, columns of one space; `uses: [genres]` means all; `hashed … bits` may follow |
        | `position: impression.position (serving 1)` | of a ranking with `shown:`, an expression over the shown event's columns, which training alone knows; candidates of a request have the constant behind `serving` |

        The hash of a text is FNV-1a of 64 bits over its UTF-8 bytes, a whole number is itself, a condition 1 or 0; parts p₁ … pₙ join to
        Mix(… Mix(p₁) ⊕ p₂ …), Mix being SplitMix64's step, and the id is the highest bits. A peek (what-if) at a text that no record brought yet
        has a missing hash.
        """;

    private const string Places = """

        ## Where what can stand

        | place | may read |
        |---|---|
        | `features:` | the decided event, other features, aggregates. Reading the label's event directly, or a field that becomes known later, is a fault |
        | `label:` | the columns of an event about the decided one; `within DURATION`; several sources joined with `or` |
        | `policy:` | the same as features, models' scores, `threshold(precision 90%)`, `threshold(recall 80%)`, `threshold(top 100/day)` after `SCORE >=`, named lists, and aggregates over `decision`, what was decided before (`outcome`, `score`, `propensity`, and what is of the decided event): `count(decision where outcome = review) by card over 1d`; only here |
        | everything at the decision of a ranking | one candidate's row besides: the fields of the catalogues of the decided event's keys (`user.age`), of the candidate (`movie`, `movie.year`, `movie.from`), and each source's `NAME.rank` and `NAME.score`. A list (`movie.genres`) stands only after `by`, and in steps |
        | steps of a ranking's `policy:` | the same, models' scores (probabilities), and named lists; no thresholds |
        | `where:` and `weight:` of a source of candidates | the columns of its `from:` event |
        | `costs:` | the decided event's fields (those known later too) and features |
        | `slices:`, `evaluate: where` | the same as features, and fields known later |
        | `baselines:` | the same as features; its value is the score |
        | `from`, `time:`, `known:`, `where:` of an event; `from`, `key:`, `from:`, `until:` of a catalogue | the columns of its source and nothing else; a column with other letters stands in backquotes: `` `order number` ``. Calendar functions and dates mean the file's own clock there |
        """;
}
