using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary>The parameters of a kind as keys of the design file, read from its record by reflection.</summary>
internal sealed class KindParameters
{
    private readonly Dictionary<string, PropertyInfo> _properties = new(StringComparer.Ordinal);

    public KindParameters(Kind kind)
    {
        Kind = kind;
        var defaults = Create([]);
        foreach (var property in kind.Parameters.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<ParameterAttribute>() is not { } about) { continue; }
            var name = KeyOf(property.Name);
            _properties.Add(name, property);
            Keys.Add(KeyFor(name, property, about, Print(property.GetValue(defaults), about)));
            Lists.Add(ListFor(name, property, about));
        }
    }

    public Kind Kind { get; }

    /// <summary>One key for each parameter.</summary>
    public List<Key> Keys { get; } = [];

    /// <summary>The same parameters as lists of candidates, for <c>tune:</c>.</summary>
    public List<Key> Lists { get; } = [];

    /// <summary>What an entry said of them.</summary>
    public Dictionary<string, object> Given(SectionValues values) => Keys
        .Select(k => (k.Name, Value: values.Untyped(k))).Where(static p => p.Value is not null)
        .ToDictionary(static p => p.Name, static p => p.Value!);

    /// <summary>A record with these values, defaults elsewhere.</summary>
    public object Create(IEnumerable<KeyValuePair<string, object>> values)
    {
        var record = Activator.CreateInstance(Kind.Parameters)
            ?? throw new InvalidOperationException($"{Kind.Parameters} has no parameterless constructor");
        foreach (var (name, value) in values)
        {
            var property = _properties[name];
            property.SetValue(record,
                ConvertTo(value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        }
        return record;
    }

    /// <summary>A parameter's value in a record.</summary>
    public object? Value(string key, object parameters) => _properties[key].GetValue(parameters);

    /// <summary><c>MinChildWeight</c> is written <c>min child weight</c>.</summary>
    public static string KeyOf(string property)
    {
        var key = new StringBuilder();
        for (var i = 0; i < property.Length; i++)
        {
            if (i > 0 && char.IsUpper(property[i]) && !char.IsUpper(property[i - 1])) { key.Append(' '); }
            key.Append(char.ToLowerInvariant(property[i]));
        }
        return key.ToString();
    }

    /// <summary>The form of one parameter's value.</summary>
    public static Form FormOf(PropertyInfo property, ParameterAttribute about) => KeyFor("", property, about, null).Form;

    private static object ConvertTo(object value, Type type) => value.GetType() == type
        ? value
        : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);

    private static Key KeyFor(string name, PropertyInfo property, ParameterAttribute about, string? standard) =>
        Type.GetTypeCode(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            TypeCode.Double or TypeCode.Single =>
                new Key<double>(name, Number(about), about.Summary, Default: standard),
            TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt32 or TypeCode.UInt64 =>
                new Key<double>(name, Whole(property, about), about.Summary, Default: standard),
            TypeCode.Boolean => new Key<bool>(name, new BoolForm(), about.Summary, Default: standard),
            TypeCode.String => new Key<string>(name, Word(about), about.Summary, Default: standard),
            _ when IsDuration(property) =>
                new Key<TimeSpan>(name, new DurationForm(), about.Summary, Default: standard),
            _ => throw Unreadable(property),
        };

    private static Key ListFor(string name, PropertyInfo property, ParameterAttribute about)
    {
        var summary = $"Candidates of '{name}'.";
        return Type.GetTypeCode(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            TypeCode.Double or TypeCode.Single => List(Number(about)),
            TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt32 or TypeCode.UInt64 => List(Whole(property, about)),
            TypeCode.Boolean => List(new BoolForm()),
            TypeCode.String => List(Word(about)),
            _ when IsDuration(property) => List(new DurationForm()),
            _ => throw Unreadable(property),
        };

        Key List<T>(Form<T> form) where T : notnull =>
            new Key<ImmutableArray<T>>(name, new ListForm<T>(form), summary);
    }

    private static Form<string> Word(ParameterAttribute about) => about.OneOf.Length > 0
        ? new ChoiceForm(about.OneOf)
        : new WordForm();

    private static Form<double> Number(ParameterAttribute about) => about.Share
        ? new ShareForm(Math.Max(about.Min, 0), Math.Min(about.Max, 1))
        : new NumberForm(about.Min, about.Max);

    private static NumberForm Whole(PropertyInfo property, ParameterAttribute about)
    {
        (double min, double max) =
            Type.GetTypeCode(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
            {
                TypeCode.Int32 => ((double)int.MinValue, (double)int.MaxValue),
                TypeCode.UInt32 => (0, uint.MaxValue),
                TypeCode.UInt64 => (0, 9_007_199_254_740_991),
                _ => (-9_007_199_254_740_991, 9_007_199_254_740_991),
            };
        return new(Math.Max(about.Min, min), Math.Min(about.Max, max), whole: true);
    }

    private static bool IsDuration(PropertyInfo property) =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(TimeSpan);

    private static InvalidOperationException Unreadable(PropertyInfo property) =>
        new($"parameter {property.DeclaringType}.{property.Name} has type {property.PropertyType}; " +
            "a design file holds int, long, uint, ulong, float, double, bool, string and TimeSpan");

    private static string? Print(object? value, ParameterAttribute about) => value switch
    {
        null => null,
        bool b => b ? "true" : "false",
        double d when about.Share => $"{(decimal)d * 100:0.####}%",
        TimeSpan span => Units.Print(span.Ticks / TimeSpan.TicksPerMicrosecond),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
