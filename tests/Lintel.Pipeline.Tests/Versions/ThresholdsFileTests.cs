using Lintel.Decisions;
using Lintel.Events;
using Lintel.Pipeline.Tests.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Tests.Versions;

/// <summary>Solved thresholds survive the disk, and mean the same under other dictionaries.</summary>
public sealed class ThresholdsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-thresholds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read()
    {
        ThresholdMargins[] written =
        [
            new(0.1 + 0.2), new(ThresholdSolver.Off),
            new(ThresholdSolver.Off, ThresholdMargins.None.Add("true", -1.5).Add("a \"key\"", 1e-300)),
        ];
        ThresholdsFile.Write(_folder, written);
        var read = ThresholdsFile.Read(_folder);
        read.Select(static t => t.All).ShouldBe(written.Select(static t => t.All));
        read.Select(static t => string.Join(';', t.BySegment)).ShouldBe(written.Select(static t => string.Join(';', t.BySegment)));
        File.WriteAllText(Path.Combine(_folder, "thresholds.json"), "{ }");
        Should.Throw<InvalidDataException>(() => ThresholdsFile.Read(_folder)).Message.ShouldContain("train again");
    }

    [Fact]
    public void Keys_of_segments_are_found_whatever_their_codes_are()
    {
        var design = PaymentsDesign.Text.Replace("precision 90%", "precision 90% by card");
        design.ShouldNotBe(PaymentsDesign.Text);
        ThresholdMargins[] margins = [new(9, ThresholdMargins.None.Add("c1", 3).Add("c2", 4)), new(1)];
        foreach (var first in new[] { "c1", "c2", "c3" })
        {
            var dictionaries = new CodeDictionaries();
            dictionaries["card"].Add(first);                       // so that codes differ
            var version = PlainModel.Version(out _, design: design, dictionaries: dictionaries, thresholds: margins);
            var plan = version.Compiled.Plan;
            var column = version.Design.Decision.Each.FindKey("card");
            foreach (var (card, expected) in new[] { ("c1", 3.0), ("c2", 4.0), ("c3", 9.0) })
            {
                var registers = new double[plan.RegisterCount];
                registers[column] = dictionaries["card"].Add(card);
                version.FillThresholds(registers);
                registers[plan.Thresholds[0].Register].ShouldBe(expected);
            }
        }
    }
}
