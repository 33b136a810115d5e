using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Lintel.Events;
using Lintel.Events.Log;
using Lintel.Events.Sources;
using Lintel.Features;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Tests.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Tests.Archive;

/// <summary>A workspace with source files, a version whose state was made of them, and a live service that goes on from
/// there: what training will find beside its files.</summary>
internal sealed class FilesAndLog : IDisposable
{
    private const long Hour = 3_600_000_000;

    internal FilesAndLog()
    {
        Workspace = new(Directory.CreateTempSubdirectory("lintel-archive-").FullName);
        Directory.CreateDirectory(Workspace.Root);
        WriteFiles();
        var history = Read(new(), to: 0);
        Version = PlainModel.Version(out _, dictionaries: history.Dictionaries);
        StatePath = Path.Combine(Workspace.Root, "latest.state");
        Replay(history, Version, StatePath, []);
        DictionariesPath = Directory.CreateDirectory(Path.Combine(Workspace.Root, "codes")).FullName;
        VersionParts.WriteDictionaries(DictionariesPath, Version.Compiled.Dictionaries);
        Start();
    }

    internal Workspace Workspace { get; }

    internal ManualClock Clock { get; } = new();

    internal SystemVersion Version { get; private set; }

    internal LiveService Service { get; private set; } = null!;

    private string StatePath { get; }

    private string DictionariesPath { get; }

    /// <summary>Starts serving from the version's files, as a server would.</summary>
    internal void Start()
    {
        Version = PlainModel.Version(out _, dictionaries: VersionParts.ReadDictionaries(DictionariesPath));
        var state = LiveState.Load(StatePath, Version.Compiled, InstantOrder.ByPlace);
        Service = LiveService.Start(Version, state, Workspace.LogFolder, new() { Clock = Clock });
    }

    internal LogArchive Archive(Action<string>? beforeWrite = null) => new(
        Workspace.LogFolder, Workspace.RecordsFolder, number => number == Version.Number ? Version.Compiled.Plan : null)
    {
        BeforeWrite = beforeWrite,
    };

    /// <summary>The files and the log up to a place, coded as the version's were.</summary>
    internal EventHistory Read(CodeDictionaries? dictionaries = null, long to = long.MaxValue) => HistoryReader.Read(
        PaymentsDesign.Parse(), Workspace.Folder, dictionaries ?? VersionParts.ReadDictionaries(DictionariesPath),
        new() { Log = new(Workspace.LogFolder, to) });

    /// <summary>Registers of every decision, by id.</summary>
    /// <param name="statePath">Where the state at the end goes; null: nowhere.</param>
    internal static Dictionary<string, double[]> Replay(
        EventHistory history, SystemVersion version, string? statePath, Dictionary<string, double[]> registers)
    {
        var engine = new FeatureEngine(version.Compiled.Plan, InstantOrder.Together);
        FeatureReplay.Each(history, engine, new(), (in entry, r) =>
            registers.Add(history.Tables[entry.Type].Ids[entry.Row], r.ToArray()));
        if (statePath is not null)
        {
            LiveState.FromHistory(version.Compiled, engine, history, history.Order.Length).Save(statePath);
        }
        return registers;
    }

    internal async Task<LiveRequest> SendAsync(string body, bool decide = true)
    {
        var request = new LiveRequest();
        if (decide) { Service.ReadDecide(Encoding.UTF8.GetBytes(body), request); }
        else { Service.ReadEvents(Encoding.UTF8.GetBytes(body), request); }
        await Service.ApplyAsync(request, decide);
        request.Faults.ShouldBeEmpty();
        return request;
    }

    /// <summary>Serves payments of cards old and new, with verdicts on some, over about ten days.</summary>
    internal async Task<List<DecisionRecord>> ServeAsync(int from, int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var decisions = new List<DecisionRecord>();
        for (var i = from; i < from + count; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(random.NextInt32(240)));
            var sent = await SendAsync(LivePayments.Payment(
                $"live{i}", random.NextInt32(10_000) / 100.0, $"c{random.NextInt32(40)}", $"t{random.NextInt32(9)}"));
            decisions.Add(sent[0].Decision);
            if (random.NextInt32(2) == 0)
            {
                var about = random.NextInt32(4) == 0 ? $"{random.NextInt32(300)}" : $"live{Math.Max(from, i - random.NextInt32(20))}";
                await SendAsync(LivePayments.Verdict(about, random.NextInt32(3) == 0), decide: false);
            }
        }
        return decisions;
    }

    /// <summary>Ends the service, and begins an empty segment behind what it wrote: the one before is closed then.</summary>
    internal void Roll()
    {
        Service.Dispose();
        var end = AppendLogReader.Scan(Workspace.LogFolder, static (in _) => { }).End;
        var header = new byte[32];
        "LINTELOG"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), 1);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), end);
        var crc = 0u;
        foreach (var b in header.AsSpan(0, 28)) { crc = BitOperations.Crc32C(crc, b); }
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), crc);
        File.WriteAllBytes(Path.Combine(Workspace.LogFolder, $"{end:D20}.log"), header);
    }

    public void Dispose()
    {
        Service.Dispose();
        Directory.Delete(Workspace.Folder, recursive: true);
    }

    private void WriteFiles()
    {
        var random = new RandomStream(9);
        var start = (Clock.GetUtcNow().AddDays(-40).Ticks - DateTime.UnixEpoch.Ticks) / 10;
        var payments = new StringBuilder("id,time,card,terminal,amount,online\n");
        var verdicts = new StringBuilder("payment,time,fraud\n");
        for (var i = 0; i < 300; i++)
        {
            var time = DateTimeOffset.UnixEpoch.AddTicks((start + (i * 2 * Hour)) * 10).ToString("s", CultureInfo.InvariantCulture);
            payments.AppendLine(CultureInfo.InvariantCulture,
                $"{i},{time},c{random.NextInt32(20)},t{random.NextInt32(5)},{random.NextInt32(10_000) / 100.0},true");
            verdicts.AppendLine(CultureInfo.InvariantCulture, $"{i},{time},{random.NextInt32(4) == 0}");
        }
        File.WriteAllText(Path.Combine(Workspace.Folder, "payments.csv"), payments.ToString());
        File.WriteAllText(Path.Combine(Workspace.Folder, "verdicts.csv"), verdicts.ToString());
    }
}
