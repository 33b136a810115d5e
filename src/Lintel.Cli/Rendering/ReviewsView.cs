using System.Text.Json;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>The review queue of a server, as its JSON tells it.</summary>
internal static class ReviewsView
{
    private const int Contributions = 6;

    public static void WriteQueue(IAnsiConsole console, JsonElement queue)
    {
        var oldest = Number(queue, "oldestSeconds") is { } seconds ? $", oldest {Age(seconds)}" : "";
        Section.Heading(console, "reviews",
            $"{queue.GetProperty("open")} open, {queue.GetProperty("claimed")} claimed, {queue.GetProperty("overdue")} overdue{oldest}");
        WriteCapacity(console, queue.GetProperty("capacity"));
        if (queue.GetProperty("items").GetArrayLength() == 0)
        {
            console.MarkupLine("[grey]nothing waits for a reviewer[/]");
            return;
        }
        var now = queue.GetProperty("now").GetDateTimeOffset();
        var table = Section.Table("item", ">priority", ">p", ">at stake", ">waits", "held by");
        foreach (var item in queue.GetProperty("items").EnumerateArray())
        {
            var waits = Age((now - item.GetProperty("since").GetDateTimeOffset()).TotalSeconds);
            var late = item.TryGetProperty("deadline", out var deadline) && deadline.GetDateTimeOffset() < now;
            table.AddRow(
                Markup.Escape(item.GetProperty("id").GetString()!), Figure.Show(Number(item, "priority")),
                Figure.Share(Number(item, "probability")), Figure.Show(Number(item, "stake")),
                late ? $"[yellow]{waits}[/]" : waits, Holder(item, now));
        }
        console.Write(table);
    }

    public static void WriteItem(IAnsiConsole console, JsonElement item, JsonElement queue)
    {
        Section.Heading(console, item.GetProperty("id").GetString()!,
            $"p {Figure.Share(Number(item, "probability"))}, at stake {Figure.Show(Number(item, "stake"))}, "
            + $"priority {Figure.Show(Number(item, "priority"))}");
        var decision = item.GetProperty("decision");
        var fields = Section.Table("", "");
        foreach (var field in decision.GetProperty("event").EnumerateObject().Where(static f => f.Name != "event"))
        {
            fields.AddRow($"[grey]{Markup.Escape(field.Name)}[/]", Markup.Escape(Plain(field.Value)));
        }
        console.Write(fields);
        console.MarkupLineInterpolated($"[grey]rule[/]  {decision.GetProperty("rule").GetString()}");
        if (!decision.TryGetProperty("explanation", out var why)) { return; }
        Section.Heading(console, "why", $"what pushes towards {Word(true, queue)} (+) or away (−)");
        var table = Section.Table("feature", ">value", ">added");
        foreach (var part in why.GetProperty("contributions").EnumerateArray().Take(Contributions))
        {
            var added = part.GetProperty("contribution").GetDouble();
            table.AddRow(
                Markup.Escape(part.GetProperty("feature").GetString()!), Figure.Show(Number(part, "value")),
                $"[{(added > 0 ? "red" : "green")}]{(added > 0 ? "+" : "−")}{Math.Abs(added):0.00}[/]");
        }
        console.Write(table);
    }

    /// <summary>What a verdict says, in the design's word.</summary>
    public static string Word(bool verdict, JsonElement queue)
    {
        var field = queue.GetProperty("field").GetString()!;
        return verdict ? field : $"not {field}";
    }

    private static void WriteCapacity(IAnsiConsole console, JsonElement capacity)
    {
        var claimed = Number(capacity, "perDay") is { } most ? $" of {Figure.Show(most)} that the design claims" : "";
        var week = Number(capacity, "enqueuedPerDay") is { } came
            ? $"; a day before: {Figure.Show(came)} came, {Figure.Show(Number(capacity, "verdictsPerDay"))} judged" : "";
        console.MarkupLineInterpolated(
            $"[grey]today: {capacity.GetProperty("enqueuedToday")} came, {capacity.GetProperty("verdictsToday")} judged{claimed}{week}[/]");
    }

    private static string Holder(JsonElement item, DateTimeOffset now) => item.TryGetProperty("claimedBy", out var by)
        ? $"{Markup.Escape(by.GetString()!)} [grey]for {Age((item.GetProperty("until").GetDateTimeOffset() - now).TotalSeconds)}[/]" : "";

    private static string Age(double seconds) => seconds switch
    {
        < 90 => $"{seconds:0} s",
        < 5_400 => $"{seconds / 60:0} min",
        < 129_600 => $"{seconds / 3_600:0.0} h",
        _ => $"{seconds / 86_400:0.0} d",
    };

    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
