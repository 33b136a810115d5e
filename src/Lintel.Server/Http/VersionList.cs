using System.Text.Json;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Http;

/// <summary>The versions of the workspace as JSON: which there are, which serves, which is live and why.</summary>
internal static class VersionList
{
    internal static void Write(Utf8JsonWriter json, ServedVersions versions)
    {
        var live = LiveReference.Read(versions.Workspace);
        json.WriteStartObject();
        json.WriteNumber("serving"u8, versions.Serving.Number);
        if (live is null) { json.WriteNull("live"u8); }
        else
        {
            json.WriteStartObject("live"u8);
            json.WriteNumber("champion"u8, live.Champion);
            json.WriteString("since"u8, live.Since);
            json.WriteString("by"u8, live.By);
            json.WriteString("reason"u8, live.Reason);
            if (live.Override is { } reason) { json.WriteString("override"u8, reason); }
            json.WriteEndObject();
        }
        json.WriteStartArray("versions"u8);
        foreach (var number in versions.Workspace.Versions()) { WriteVersion(json, versions.Workspace, number); }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, Workspace workspace, int number)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, number);
        try
        {
            var manifest = SystemVersion.ReadManifest(workspace.VersionFolder(number));
            json.WriteString("system"u8, manifest.System);
            json.WriteString("created"u8, manifest.Created);
            json.WriteString("designHash"u8, manifest.DesignHash);
            json.WriteStartObject("metrics"u8);
            foreach (var (name, metric) in manifest.Metrics)
            {
                if (metric.Test is { } test) { json.WriteNumber(name, test); }
                else { json.WriteNull(name); }
            }
            json.WriteEndObject();
            if (manifest.Skew is { } skew) { json.WriteNumber("skewMismatches"u8, skew.Mismatches); }
        }
        catch (InvalidDataException fault) { json.WriteString("fault"u8, fault.Message); }
        json.WriteEndObject();
    }
}
