using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Native;

/// <summary>Where the native libraries are found: the one resolver of this assembly (the runtime allows one).</summary>
/// <remarks>Order: the file that <c>LINTEL_NATIVE_NAME</c> names; then the pinned build under <c>native/</c>, looked for from the
/// program's folder upwards; then the system's. A library is loaded when it is first called, never before.</remarks>
public static partial class NativeLibraries
{
    /// <summary>DuckDB 1.5.6, from npm in <c>native/</c>.</summary>
    public const string DuckDb = "duckdb";

    /// <summary>XGBoost 1.7.4, from Debian.</summary>
    public const string XGBoost = "xgboost";

    private static readonly NativeLibraryPlace[] Places =
    [
        new(DuckDb, "native/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so", ["libduckdb.so"],
            "run `npm ci --ignore-scripts` in native/"),
        new(XGBoost, null, ["libxgboost.so.0", "libxgboost.so"], "run `apt-get install libxgboost0`"),
    ];

    /// <summary>Where a library was loaded from.</summary>
    /// <param name="name"><see cref="DuckDb"/> or <see cref="XGBoost"/>.</param>
    /// <param name="problem">When it could not be loaded: what was tried, and what to install or run.</param>
    /// <returns>True when it loads.</returns>
    public static bool TryLocate(string name, [NotNullWhen(true)] out string? path, [NotNullWhen(false)] out string? problem)
    {
        (_, path, problem) = Load(Array.Find(Places, p => p.Name == name)
            ?? throw new ArgumentException($"no native library '{name}'", nameof(name)));
        return path is not null;
    }

    // CA2255: the resolver and the environment must be set before any method of this assembly can call out
    [SuppressMessage("Usage", "CA2255", Justification = "the resolver must stand before the first native call")]
    [ModuleInitializer]
    internal static void Register()
    {
        // libgomp reads this when it loads, from the C environment: .NET's own copy does not reach getenv. Spinning threads make
        // two of them up to forty times slower than one on a shared machine
        if (OperatingSystem.IsLinux()) { _ = SetEnvironment("OMP_WAIT_POLICY", "passive", 1); }
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, static (name, _, _) =>
        {
            if (Array.Find(Places, p => p.Name == name) is not { } place) { return 0; }
            var (handle, _, problem) = Load(place);
            return handle != 0 ? handle : throw new NativeException(name, "load", problem!);
        });
    }

    private static (nint Handle, string? Path, string? Problem) Load(NativeLibraryPlace place)
    {
        var variable = $"LINTEL_NATIVE_{place.Name.ToUpperInvariant()}";
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen)
        {
            return NativeLibrary.TryLoad(chosen, out var handle)
                ? (handle, chosen, null)
                : (0, null, $"{variable} names '{chosen}', which cannot be loaded; correct it, or unset it and {place.Cure}");
        }
        foreach (var candidate in Candidates(place))
        {
            if (NativeLibrary.TryLoad(candidate, out var handle)) { return (handle, candidate, null); }
        }
        var pinned = place.Pinned is null ? "" : $"no {place.Pinned} in {AppContext.BaseDirectory} or a folder above it, and ";
        return (0, null, $"{pinned}no {string.Join(" or ", place.SystemNames)} on this system; {place.Cure}, or set {variable} to the file");
    }

    private static IEnumerable<string> Candidates(NativeLibraryPlace place)
    {
        if (place.Pinned is not null)
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine(folder.FullName, place.Pinned);
                if (File.Exists(path)) { yield return path; }
            }
        }
        foreach (var name in place.SystemNames) { yield return name; }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    /// <param name="Pinned">Path under the checkout; null: the system carries it.</param>
    /// <param name="Cure">What brings it.</param>
    private sealed record NativeLibraryPlace(string Name, string? Pinned, string[] SystemNames, string Cure);
}
