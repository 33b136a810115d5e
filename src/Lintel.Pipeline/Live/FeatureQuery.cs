using System.Text;
using System.Text.Json;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Pipeline.Live;

/// <summary>The features as a decision of these values would read them now; nothing enters.</summary>
/// <param name="AsOf">The known instant that the windows were read at, microseconds since 1970 UTC.</param>
/// <param name="Values">Features whose inputs were given; NaN is missing.</param>
/// <param name="Unavailable">The others, and which inputs they need beside.</param>
public sealed record FeatureQuery(
    int Version, long AsOf, IReadOnlyList<(string Feature, double Value)> Values,
    IReadOnlyList<(string Feature, IReadOnlyList<string> Needs)> Unavailable)
{
    /// <summary>Asks with values of the decided event by name: keys, fields, <c>time</c>.</summary>
    /// <exception cref="RequestException">A name is unknown, or a value cannot be read.</exception>
    public static FeatureQuery Ask(LiveService live, IEnumerable<KeyValuePair<string, string>> given)
    {
        var served = live.Served;
        var design = served.Version.Design;
        var record = new IncomingRecord();
        record.Begin(design.Decision.Each);
        var has = Read(served.Shapes.Decided, record, given);
        var plan = served.Version.Compiled.Plan;
        var registers = new double[plan.RegisterCount];
        var asOf = live.Peek(served, record, registers);
        var values = new List<(string, double)>();
        var unavailable = new List<(string, IReadOnlyList<string>)>();
        for (var f = 0; f < plan.FeatureCount; f++)
        {
            var feature = design.Features.First(d => d.Name == plan.FeatureNames[f]);
            string[] needs = [.. FeatureInputs.Of(design, feature).Columns.Where(c => !has.Contains(c))
                .Select(c => design.Decision.Each.Columns[c].Name)];
            if (needs.Length == 0) { values.Add((feature.Name, registers[plan.FeatureStart + f])); }
            else { unavailable.Add((feature.Name, needs)); }
        }
        return new(served.Version.Number, asOf, values, unavailable);
    }

    private static HashSet<int> Read(RecordShape shape, IncomingRecord record,
        IEnumerable<KeyValuePair<string, string>> given)
    {
        var faults = new List<RequestFault>();
        var has = new HashSet<int>();
        foreach (var (name, text) in given)
        {
            var index = Array.FindIndex(shape.Columns, c => c.Name == name && c.Kind != ColumnKind.Known);
            if (index < 0)
            {
                faults.Add(new(RequestFault.NotValid, "/" + name, $"event '{shape.Event.Name}' has no key or field '{name}'",
                    name, string.Join(", ", shape.Columns.Where(static c => c.Kind != ColumnKind.Known).Select(static c => c.Name)),
                    "name keys and fields of the decided event"));
                continue;
            }
            var column = shape.Columns[index];
            if (!has.Add(index)) { record.Texts.RemoveAll(t => t.Column == index); }
            if (ReadValue(column, index, record, text) is { } expected)
            {
                faults.Add(new(RequestFault.NotValid, "/" + name, $"'{name}' cannot be read", $"\"{text}\"", expected,
                    "correct the value"));
            }
            record.HasTime |= column.Kind == ColumnKind.Time;
        }
        return faults.Count == 0 ? has : throw new RequestException(faults);
    }

    /// <summary>A query has texts only: what is one in a record is quoted, the rest is read as JSON.</summary>
    private static string? ReadValue(ColumnDesign column, int index, IncomingRecord record, string text)
    {
        var bare = column.Type is DataType.Number or DataType.Bool or DataType.Duration
            || (column.Type == DataType.Time && long.TryParse(text, out _));
        var reader = new Utf8JsonReader(bare ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(text));
        try
        {
            return reader.Read() ? RecordValues.Read(ref reader, column, index, record) : RecordShape.Describe(column.Type);
        }
        catch (JsonException) { return RecordShape.Describe(column.Type); }
    }
}
