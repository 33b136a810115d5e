using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lintel.Worlds;

/// <summary>Makes a world's files, or finds the same ones there: what all worlds share.</summary>
/// <param name="generation">Changes when the same options would make other bytes, so that older files are made anew.</param>
/// <param name="folders">Folders of events; each must be there for the files to be whole.</param>
/// <param name="write">Simulates and writes everything but the description: the folder, the one below it for the truth, the
/// options, and whom to tell the share done.</param>
internal sealed class WorldMaker<TOptions, TDescription>(
    int generation, IReadOnlyList<string> folders, Func<string, string, TOptions, IProgress<double>?, TDescription> write)
    where TOptions : WorldOptions, new() where TDescription : WorldDescription<TOptions>
{
    /// <summary>So long files of an order stay, so that a second start finds the data of the first.</summary>
    private const int KeptDays = 28;

    /// <summary>Makes what was ordered. Files of the same order are kept while their calendar ended less than four weeks before
    /// today.</summary>
    public WorldMade Make(WorldOrder order)
    {
        var options = new TOptions { Seed = order.Seed };
        if (order.Days is { } days) { options = options with { Days = days }; }
        if (order.Today is { } today)
        {
            var there = Read(order.Folder)?.Options;
            var isRecent = there is not null && there with { FirstDay = options.FirstDay } == options
                && today.DayNumber - there.FirstDay.AddDays(there.Days).DayNumber is >= 0 and < KeptDays;
            options = options with { FirstDay = isRecent ? there!.FirstDay : FirstDayBefore(today, options) };
        }
        return Make(order.Folder, options, order.Progress);
    }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public WorldMade Make(string folder, TOptions options, IProgress<double>? progress)
    {
        options.Check();
        if (Read(folder) is { } there && there.Options == options && folders.All(f => Directory.Exists(Path.Combine(folder, f))))
        {
            return new(folder, there.Records, there.Summary, Fresh: false);
        }
        var path = DescriptionPath(folder);
        var truth = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(truth);
        // the description goes first and comes last: a run cut short is not taken for a whole one
        File.Delete(path);
        var description = write(folder, truth, options, progress);
        File.WriteAllText(path, WorldMaker.Text(description));
        progress?.Report(1);
        return new(folder, description.Records, description.Summary, Fresh: true);
    }

    /// <summary>What the description says; null: not there, of another release, or cut short.</summary>
    public TDescription? Read(string folder)
    {
        var path = DescriptionPath(folder);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<TDescription>(File.ReadAllText(path), WorldMaker.Json) is { } there
                && there.Generation == generation ? there : null;
        }
        catch (JsonException) { return null; }                       // half written: made anew
    }

    /// <summary>The same weekday as the default first day, so late that everything is known by today, and no later.</summary>
    private static DateOnly FirstDayBefore(DateOnly today, TOptions options)
    {
        var latest = today.AddDays(-options.Days - options.SettleDays).DayNumber - options.FirstDay.DayNumber;
        return options.FirstDay.AddDays(7 * (int)Math.Floor(latest / 7.0));
    }

    private static string DescriptionPath(string folder) => Path.Combine(folder, "truth", "world.json");
}

/// <summary>The form in which truths are written.</summary>
internal static class WorldMaker
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Text<T>(T truth) => JsonSerializer.Serialize(truth, Json) + "\n";
}
