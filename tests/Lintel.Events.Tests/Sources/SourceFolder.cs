using System.IO.Compression;
using System.Text;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Events.Sources;

namespace Lintel.Events.Tests.Sources;

/// <summary>A folder of source files and the design that reads them.</summary>
internal sealed class SourceFolder : IDisposable
{
    public const string Payments = """
          payment:
            source: payments.*
            id: id
            time: at
            keys: { card: card, terminal: terminal }
            fields: { amount: number }
          verdict:
            source: payments.*
            about: payment by id
            time: at
            known: at + 7d
            fields: { fraud: bool }
        """;

    private static readonly KindRegistry Kinds = new([
        new(KindFamily.Model, "stand-in", typeof(NoParameters), "Stands for any model."),
        new(KindFamily.Metric, "stand-in", typeof(NoParameters), "Stands for any metric.")]);

    public string Folder { get; } = Directory.CreateTempSubdirectory("lintel-sources").FullName;

    public string Events { get; init; } = Payments;

    /// <summary>The design's catalogues, as they stand in the file; empty: none.</summary>
    public string Catalogues { get; init; } = "";

    public string Decision { get; init; } = "{ each: payment, kind: classification, label: verdict.fraud }";

    public SourceFolder Put(string name, string text)
    {
        var bytes = new UTF8Encoding(false).GetBytes(text);
        using var file = File.Create(Path.Combine(Folder, name));
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(file, CompressionLevel.Fastest);
            gzip.Write(bytes);
        }
        else { file.Write(bytes); }
        return this;
    }

    public SystemDesign Design()
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("test.yaml", $$"""
            lintel: 1
            system: test
            goal: Test.
            {{(Catalogues.Length == 0 ? "" : "catalogues:")}}
            {{Indented(Catalogues)}}
            events:
            {{Indented(Events)}}
            decision: {{Decision}}
            split: { by: time, train: 60%, validate: 15%, test: 25% }
            features:
              one: 1
            models: { score: { kind: stand-in } }
            evaluate: { metrics: [stand-in] }
            outcomes: [yes_, no_]
            policy:
              - no_ if score >= threshold(precision 90%)
              - yes_
            """, Kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }

    private static string Indented(string lines) =>
        string.Join("\n", lines.Split('\n').Select(static l => "  " + (l.StartsWith("  ", StringComparison.Ordinal) ? l[2..] : l)));

    public EventHistory Read(double badRows = 1, CodeDictionaries? dictionaries = null) =>
        HistoryReader.Read(Design(), Folder, dictionaries ?? new(), new() { BadRowShare = badRows });

    /// <summary>Reads, and gives the one fault that stops it.</summary>
    public Diagnostic Fault(double badRows = 0.01) =>
        Should.Throw<DesignException>(() => Read(badRows)).Diagnostics.ShouldHaveSingleItem();

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
