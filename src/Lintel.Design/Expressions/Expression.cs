using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design.Expressions;

/// <summary>The types of the expression language. At run time every value is one <see cref="double"/> register:
/// numbers as they are, bools 0 or 1, times microseconds since 1970 UTC (exact to the year 2255), durations
/// microseconds, texts and keys a code of their domain's dictionary; missing is NaN for all of them.</summary>
public enum DataType
{
    Number,
    Bool,
    Text,
    Time,
    Duration,
    /// <summary>A catalogue's list, such as a movie's genres: only <c>by</c> and a policy's steps accept it.</summary>
    List,
    /// <summary>A key of an entity: a text that only equality, <c>in</c> and <c>by</c> accept.</summary>
    Key,
    /// <summary>A hashed id: only models that read ids do anything with it.</summary>
    Id,
    /// <summary>The type of the literal <c>missing</c>: fits everywhere.</summary>
    Missing,
}

/// <summary>A typed expression with every name resolved: what the checker gives and the compiler reads.</summary>
public abstract record Expression(SourceSpan At, DataType Type)
{
    private Expression() : this(default, default) { }

    /// <summary>A number, bool, duration, time or missing, already in its register form.</summary>
    public sealed record Constant(SourceSpan At, DataType Type, double Value) : Expression(At, Type);

    /// <summary>A text; its code is looked up in the domain of what it is compared with (see
    /// <see cref="Domain"/>).</summary>
    /// <param name="Domain">The dictionary: an entity's name, or <see cref="ColumnDesign.TextDomain"/>.</param>
    public sealed record TextConstant(SourceSpan At, string Value, string Domain) : Expression(At, DataType.Text);

    /// <summary>A column of the event in scope: the decided event's, or inside an aggregate the aggregated
    /// event's.</summary>
    /// <param name="ColumnIndex">Index into <see cref="EventDesign.Columns"/> of <paramref name="Event"/>.</param>
    public sealed record Column(SourceSpan At, DataType Type, EventDesign Event, int ColumnIndex)
        : Expression(At, Type);

    /// <summary>Another feature's value.</summary>
    public sealed record Feature(SourceSpan At, DataType Type, string Name) : Expression(At, Type);

    /// <summary>A model's score; <paramref name="Form"/> says which of its two forms is meant.</summary>
    public sealed record Score(SourceSpan At, string Model, ScoreForm Form) : Expression(At, DataType.Number);

    public sealed record Unary(SourceSpan At, DataType Type, UnaryOperator Operator, Expression Operand)
        : Expression(At, Type);

    public sealed record Binary(
        SourceSpan At, DataType Type, BinaryOperator Operator, Expression Left, Expression Right)
        : Expression(At, Type);

    /// <summary><c>if condition then a else b</c>; a missing condition gives missing.</summary>
    public sealed record Conditional(
        SourceSpan At, DataType Type, Expression Condition, Expression Then, Expression Else)
        : Expression(At, Type);

    /// <summary><c>x in [a, b, c]</c>.</summary>
    public sealed record Membership(SourceSpan At, Expression Value, ImmutableArray<Expression> Items)
        : Expression(At, DataType.Bool);

    /// <summary><c>card in blocklist</c>: a named list that is managed beside the design.</summary>
    /// <param name="Domain">Dictionary of the value's codes; null: the value is always missing.</param>
    public sealed record ListMembership(SourceSpan At, Expression Value, string List, string? Domain)
        : Expression(At, DataType.Bool);

    /// <summary>A function of the language, found by name in <see cref="Functions"/>.</summary>
    public sealed record Call(SourceSpan At, DataType Type, Function Function, ImmutableArray<Expression> Arguments)
        : Expression(At, Type);

    /// <summary><c>cross(user, ad.creative) hashed 22 bits</c>, or one part alone: the id of what its parts say.</summary>
    /// <param name="Parts">Texts, keys, numbers and conditions; one that is missing, or a number that is not whole, makes the id
    /// missing.</param>
    /// <param name="Domains">Of each part: the dictionary of its codes; null: it is a number.</param>
    /// <param name="Bits">The id is below 2^Bits; see <see cref="IdDesign"/>.</param>
    public sealed record Hashed(
        SourceSpan At, ImmutableArray<Expression> Parts, ImmutableArray<string?> Domains, int Bits)
        : Expression(At, DataType.Id);

    /// <summary>One member of a catalogue's list, in the file's order; missing where the list is shorter.</summary>
    /// <param name="Key">The column with the key of whose list it is.</param>
    /// <param name="Field">Of the catalogue.</param> <param name="Index">From 0.</param>
    public sealed record Member(SourceSpan At, Column Key, CatalogueDesign Catalogue, int Field, int Index)
        : Expression(At, DataType.Text)
    {
        /// <summary>Dictionary of its code.</summary>
        public string Domain => Catalogue.Fields[Field].Domain!;
    }

    /// <summary>A field of a catalogue, of the thing that a key names; missing where nothing is known of it.</summary>
    /// <param name="Key">The column with the key.</param> <param name="Field">Of the catalogue.</param>
    public sealed record Known(SourceSpan At, Column Key, CatalogueDesign Catalogue, int Field)
        : Expression(At, Catalogue.Fields[Field].Type)
    {
        /// <summary>Dictionary of its code; null: it is no text.</summary>
        public string? Domain => Catalogue.Fields[Field].Domain;
    }

    /// <summary>A windowed aggregate over what was known before the decision.</summary>
    /// <param name="Source">The event that is aggregated.</param>
    /// <param name="Value">What is aggregated, an expression over the source's columns; null for count and
    /// since.</param>
    /// <param name="SourceKeys">Columns of the source that make the key, in the order of <c>by</c>; empty: one for
    /// all.</param>
    /// <param name="DecisionKeys">The decided event's columns with the same entities, in the same order.</param>
    /// <param name="WindowMicroseconds">Length of the window over known time; null: all that was ever known.</param>
    /// <param name="Where">A condition over the source's columns; null: every event.</param>
    public sealed record Aggregate(
        SourceSpan At,
        DataType Type,
        AggregateKind Kind,
        EventDesign Source,
        Expression? Value,
        ImmutableArray<int> SourceKeys,
        ImmutableArray<int> DecisionKeys,
        long? WindowMicroseconds,
        Expression? Where) : Expression(At, Type)
    {
        /// <summary>For each key: the field of its entity's catalogue that stands in its place (<c>by user, movie.genres</c>); −1: the
        /// key itself. A list's members are keys each: a record enters all of them, and a read is the mean over them. Empty: none has.</summary>
        public ImmutableArray<int> KeyFields { get; init; } = [];
    }

    /// <summary>A threshold that is solved from data, rule by rule: <c>threshold(precision 90%)</c>.</summary>
    /// <param name="Segment">One threshold is solved for each of its values; null: one for all.</param>
    /// <param name="SegmentDomain">Dictionary of the segment's codes; null: it is a condition.</param>
    public sealed record Threshold(
        SourceSpan At, ThresholdGoal Goal, Expression? Segment = null, string? SegmentDomain = null)
        : Expression(At, DataType.Number);
}

/// <summary>A margin orders and is compared with solved thresholds; a probability is calibrated and enters
/// costs.</summary>
public enum ScoreForm
{
    Probability,
    Margin,
}

public enum UnaryOperator
{
    Negate,
    Not,
}

public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    /// <summary><c>a ?? b</c>: b where a is missing.</summary>
    Coalesce,
}

/// <summary>The windowed aggregates. Over nothing: count and sum are 0, the others missing.</summary>
public enum AggregateKind
{
    Count,
    Sum,
    Mean,
    Min,
    Max,
    /// <summary>Sample standard deviation (n − 1); missing below two values.</summary>
    Std,
    /// <summary>The value that became known last.</summary>
    Last,
    First,
    Distinct,
    /// <summary>Time from the last one's known instant to the decision, a duration.</summary>
    Since,
}

/// <summary>What a solved threshold must reach.</summary>
public abstract record ThresholdGoal
{
    private protected ThresholdGoal() { }

    /// <summary>The lowest margin from which upward the precision is reached; 0 to 1.</summary>
    public sealed record Precision(double Share) : ThresholdGoal;

    /// <summary>The highest margin at which this share of positives is caught; 0 to 1.</summary>
    public sealed record Recall(double Share) : ThresholdGoal;

    /// <summary>On average this many decisions in a period.</summary>
    public sealed record Top(double Count, long PeriodMicroseconds) : ThresholdGoal;
}
