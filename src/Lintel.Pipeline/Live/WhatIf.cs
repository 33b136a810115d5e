using System.Text;
using System.Text.Json;
using Lintel.Design;

namespace Lintel.Pipeline.Live;

/// <summary>What a decision would have been with other values. It never enters: no window, no log, no record
/// changes.</summary>
/// <param name="Decision">As it would be now: registers, rule, outcome.</param>
/// <param name="WindowsAsRecorded">True: keys and time are as they were, so the windows are those that the decision
/// read. False: another key or time has other windows, read as they are now.</param>
public sealed record WhatIf(DecisionRecord Decision, bool WindowsAsRecorded)
{
    /// <summary>Asks with a JSON object of changed fields.</summary>
    /// <exception cref="RequestException">A field is unknown or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The decision is of a version with another plan.</exception>
    public static WhatIf Ask(LiveService service, DecisionRecord decision, ReadOnlySpan<byte> changes)
    {
        var served = service.Served;
        var version = served.Version;
        if (decision.Registers.Length != version.Compiled.Plan.RegisterCount || decision.Version != version.Number)
        {
            throw new RequestException(new RequestFault(RequestFault.Conflict, "",
                "the decision is of another version than the one that serves",
                $"version {decision.Version}", $"version {version.Number}", "serve that version to ask what if"));
        }
        var record = service.ReadEvent(decision, served);
        var answer = new DecisionRecord
        {
            EventPlace = decision.EventPlace,
            Known = decision.Known,
            Registers = decision.Registers.ToArray(),
        };
        answer.SetId(decision.IdUtf8);
        var keepsWindows = Change(service, served, record, answer.Registers, changes);
        if (keepsWindows)
        {
            version.Compiled.Plan.ComputeFeatures(answer.Registers);
            service.FillState(served, answer.Registers);
        }
        else { service.Peek(served, record, answer.Registers); }
        served.Decider.Decide(answer);
        return new(answer, keepsWindows);
    }

    /// <summary>Puts changed values into the record and the registers of its columns.</summary>
    /// <returns>Whether keys and time stay as they were.</returns>
    private static bool Change(LiveService service, Served served, IncomingRecord record, Span<double> registers,
        ReadOnlySpan<byte> changes)
    {
        var faults = new List<RequestFault>();
        var keepsWindows = true;
        var shape = served.Shapes.Decided;
        try
        {
            var reader = new Utf8JsonReader(changes);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new RequestException(new RequestFault(RequestFault.NotValid, "",
                    "a what-if is a JSON object of changed fields",
                    RecordFaults.Got(ref reader), shape.Expected, "send for example { \"amount\": 1 }"));
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Encoding.UTF8.GetString(reader.ValueSpan);
                var index = Array.FindIndex(shape.Columns, c => c.Name == name && c.Kind != ColumnKind.Known);
                reader.Read();
                if (index < 0)
                {
                    faults.Add(new(RequestFault.NotValid, "/" + name,
                        $"event '{shape.Event.Name}' has no field '{name}' to change", name,
                        shape.Expected, "name a field of the event"));
                    reader.Skip();
                    continue;
                }
                var column = shape.Columns[index];
                record.Texts.RemoveAll(t => t.Column == index);
                record.Values[index] = double.NaN;
                if (RecordValues.Read(ref reader, column, index, record) is { } expected)
                {
                    faults.Add(new(RequestFault.NotValid, "/" + name, $"'{name}' cannot be read",
                        RecordFaults.Got(ref reader), expected,
                        "correct the value"));
                }
                reader.Skip();
                record.HasTime |= column.Kind == ColumnKind.Time;
                keepsWindows &= column.Kind == ColumnKind.Field;
                var text = record.Texts.FindIndex(t => t.Column == index);
                registers[index] = text < 0
                    ? record.Values[index]
                    : service.CodeOf(served, index, Encoding.UTF8.GetString(record.Bytes(record.Texts[text].Text)));
            }
        }
        catch (JsonException fault) { faults.Add(RecordFaults.Malformed(fault, changes.IsEmpty)); }
        return faults.Count == 0 ? keepsWindows : throw new RequestException(faults);
    }
}
