using System.Net;
using System.Net.Sockets;
using System.Text;
using Lintel.Cli.Doctor;
using Lintel.Events.Log;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Tests.Doctor;

public sealed class CheckupTests
{
    [Fact]
    public void Whole_checkup_looks_at_every_part()
    {
        var results = Checkup.Run(null, port: 0).ToArray();
        results.Select(static r => r.What).ShouldBe(
            [".NET SDK", "Node", "DuckDB", "XGBoost", "Chromium", "memory", "disk", "workspace", "log", "port 0"]);
        // these tests themselves ran with it
        results.Single(static r => r.What == "DuckDB").Health.ShouldBe(Health.Good);
        foreach (var result in results) { (result.Health == Health.Good || result.Fix.Length > 0).ShouldBeTrue(result.What); }
    }

    [Theory]
    [InlineData("8.0.100 [/usr/share/dotnet/sdk]", Health.Optional, "no 10.x (there is: 8.0.100)")]
    [InlineData("10.0.401 [/usr/share/dotnet/sdk]", Health.Good, "10.0.401, runtime")]
    public void Sdk_must_be_of_our_year(string line, object health, string found)
    {
        var result = Checkup.Sdk([line]);
        result.Health.ShouldBe((Health)health);
        result.Found.ShouldContain(found);
    }

    [Fact]
    public void What_is_missing_has_a_fix()
    {
        Checkup.Node([]).Fix.ShouldContain("apt-get install");
        Checkup.Node(["v18.1.0"]).Health.ShouldBe(Health.Optional);
        Checkup.Node(["v20.2.0"]).Health.ShouldBe(Health.Good);
        Checkup.Browser(null).Fix.ShouldContain("chromium");
        Checkup.Memory(1).Health.ShouldBe(Health.Optional);
        Checkup.Disk("here", 0.5).Health.ShouldBe(Health.Missing);
    }

    [Fact]
    public void Port_in_use_is_seen()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Checkup.Port(((IPEndPoint)listener.LocalEndpoint).Port).Health.ShouldBe(Health.Optional);
    }

    [Fact]
    public void Workspace_with_an_unreadable_live_reference_is_a_fault()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-doctor-");
        try
        {
            var workspace = new Workspace(folder.FullName);
            Directory.CreateDirectory(workspace.Root);
            File.WriteAllText(workspace.LivePath, "{ cut sh");
            var result = Checkup.Versions(workspace);
            result.Health.ShouldBe(Health.Missing);
            result.Fix.ShouldBe("lintel promote V");
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public async Task Log_is_read_whole_and_damage_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-doctor-");
        try
        {
            Checkup.Log(Path.Combine(folder.FullName, "none")).Found.ShouldContain("none yet");
            using (var log = AppendLog.Open(folder.FullName, static (in LogRecord _) => { }))
            {
                for (var i = 0; i < 5; i++) { await log.WaitAsync(log.Append(1, Encoding.UTF8.GetBytes($"record {i}"))); }
            }
            var whole = Checkup.Log(folder.FullName);
            whole.Health.ShouldBe(Health.Good);
            whole.Found.ShouldContain("1 segment, 0.0 MiB, places 0 to ");
            whole.Found.ShouldContain("5 records");
            var segment = Directory.GetFiles(folder.FullName, "*.log").Single();
            var bytes = await File.ReadAllBytesAsync(segment);
            bytes[bytes.AsSpan().IndexOf("record 2"u8)] ^= 1;
            await File.WriteAllBytesAsync(segment, bytes);
            var damaged = Checkup.Log(folder.FullName);
            damaged.Health.ShouldBe(Health.Missing);
            damaged.Found.ShouldContain(segment);
            damaged.Found.ShouldContain("at byte ");
            damaged.Fix.ShouldContain("restore");
        }
        finally { folder.Delete(recursive: true); }
    }
}
