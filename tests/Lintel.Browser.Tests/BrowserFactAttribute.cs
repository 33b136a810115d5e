using Lintel.Native;

namespace Lintel.Browser.Tests;

/// <summary>A test that needs Chromium and the native libraries; skipped with the reason where one is absent.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        Skip = Chromium is null ? "no chromium on PATH; run `apt-get install chromium`"
            : !NativeLibraries.TryLocate(NativeLibraries.DuckDb, out _, out var duckDb) ? duckDb
            : !NativeLibraries.TryLocate(NativeLibraries.XGBoost, out _, out var xgboost) ? xgboost
            : null;
    }

    /// <summary>The browser's program; null: none.</summary>
    public static string? Chromium { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(static folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
