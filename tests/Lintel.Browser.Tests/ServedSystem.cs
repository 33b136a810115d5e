using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Pipeline.Versions;
using Lintel.Server;
using Lintel.Training.Fitting;
using Lintel.Training.Report;
using Microsoft.Playwright;

namespace Lintel.Browser.Tests;

/// <summary>A small system, trained from files and served by Kestrel with its report, and a browser to open it with.</summary>
public abstract class ServedSystem : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-browser-").FullName;
    private ServerHost? _server;
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public Uri Address => _server!.Address;

    protected abstract KindRegistry Kinds { get; }

    /// <summary>Makes version 1 of the workspace in a folder.</summary>
    protected abstract TrainingResult Train(string folder);

    public async Task InitializeAsync()
    {
        if (new BrowserFactAttribute().Skip is not null) { return; }
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserFactAttribute.Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        var made = Train(_folder);
        var design = DesignFile.Load(Path.Combine(made.Folder, VersionFiles.Design), Kinds);
        File.WriteAllText(
            Path.Combine(made.Folder, VersionFiles.Report), ReportPage.Write(made.Manifest, design.Text, new() { Form = made.Manifest.FormOf(design) }));
        var workspace = new Workspace(_folder);
        new LiveReference(made.Manifest.Version, new(2026, 1, 2, 3, 4, 0, TimeSpan.Zero), "ada", "for the test").Write(workspace);
        _server = await ServerHost.StartAsync(new() { Workspace = workspace, Kinds = Kinds, Port = 0 });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) { await Browser.CloseAsync(); }
        _playwright?.Dispose();
        if (_server is not null) { await _server.DisposeAsync(); }
        Directory.Delete(_folder, recursive: true);
    }
}
