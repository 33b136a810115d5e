using System.Globalization;
using System.Text;
using Lintel.Events;
using Lintel.Events.Sources;
using Lintel.Training.Fitting;
using Lintel.Training.Tests.Review;

namespace Lintel.Training.Tests.Fitting;

/// <summary>Labels of one or several sources, as days go by: payment p was made on day 0, records become known on the day that
/// is written before them.</summary>
public sealed class LabelReaderTests
{
    private static readonly long Day = 86_400_000_000;
    private static readonly long Start = (new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / 10;

    [Theory]
    // one source: the latest known record counts, and the label is known since it has stood as it stands
    [InlineData("", "", 60, null, null)]
    [InlineData("3 yes", "", 60, 1, 3)]
    [InlineData("3 yes, 9 no", "", 60, 0, 9)]
    [InlineData("3 yes, 9 no", "", 8, 1, 3)]
    [InlineData("3 yes, 5 yes", "", 60, 1, 3)]
    // a record without a value takes back what was said
    [InlineData("3 yes, 9 -", "", 60, null, null)]
    [InlineData("3 yes, 9 -, 11 no", "", 60, 0, 11)]
    [InlineData("3 -", "", 60, null, null)]
    // two sources: the silent one holds nobody back; yes at the first yes; no while none says yes
    [InlineData("7 no", "", 60, 0, 7)]
    [InlineData("", "2 no", 60, 0, 2)]
    [InlineData("7 no", "2 no", 60, 0, 2)]
    [InlineData("7 no", "2 yes", 60, 1, 2)]
    [InlineData("7 yes", "2 no", 60, 1, 7)]
    [InlineData("7 yes", "2 yes", 60, 1, 2)]
    [InlineData("7 yes", "2 no", 6, 0, 2)]
    // the yes is taken back: what the other one says counts again, from then on
    [InlineData("7 no", "2 yes, 9 -", 60, 0, 9)]
    [InlineData("7 yes, 8 -", "2 no", 60, 0, 8)]
    [InlineData("", "2 yes, 9 -", 60, null, null)]
    public void Sources_combined(string verdicts, string checks, int horizon, int? label, int? known) =>
        AssertLabel("verdict.fraud or check.bad", verdicts, checks, horizon, label, known);

    [Theory]
    // whether it happened: yes at the first, no when the time has passed, unknown in between
    [InlineData("3 yes", "", 60, 1, 3)]
    [InlineData("", "", 60, 0, 30)]
    [InlineData("", "", 29, null, null)]
    // beside another source: its no holds meanwhile, and a later yes overturns it
    [InlineData("", "2 no", 20, 0, 2)]
    [InlineData("", "2 no", 60, 0, 2)]
    [InlineData("9 yes", "2 no", 60, 1, 9)]
    [InlineData("", "40 yes", 60, 1, 40)]
    public void Occurrence_within_a_time_keeps_its_meaning(
        string verdicts, string checks, int horizon, int? label, int? known) =>
        AssertLabel("verdict within 30d or check.bad", verdicts, checks, horizon, label, known);

    private static void AssertLabel(string expression, string verdicts, string checks, int horizon, int? label, int? known)
    {
        using var folder = new Folder(expression);
        folder.Write("verdicts.csv", "fraud", verdicts);
        folder.Write("checks.csv", "bad", checks);
        var column = LabelReader.Read(folder.Read(), Start + (horizon * Day));
        column.Values.Length.ShouldBe(2);
        column.Values[0].ShouldBe(label is { } value ? value : float.NaN);
        column.Known[0].ShouldBe(known is { } day ? Start + (day * Day) : LabelColumn.Never);
    }

    private sealed class Folder(string label) : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("lintel-labels-").FullName;

        internal void Write(string name, string field, string records)
        {
            var text = new StringBuilder($"payment,at,known,{field}\n");
            foreach (var record in records.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            {
                var (day, value) = (int.Parse(record.Split(' ')[0], CultureInfo.InvariantCulture), record.Split(' ')[1]);
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"p,{At(day)},{At(day)},{(value == "-" ? "" : value == "yes" ? "true" : "false")}");
            }
            File.WriteAllText(Path.Combine(_path, name), text.ToString());
        }

        internal EventHistory Read()
        {
            File.WriteAllText(Path.Combine(_path, "payments.csv"), $"id,at,card,terminal,amount,settled\np,{At(0)},c,t,1,1\nq,{At(90)},c,t,1,1\n");
            var design = SoundDesign.With(
                "payments/*.parquet\n    id: transaction_id\n    time: tx_time", "payments.csv\n    id: id\n    time: at",
                "customer_id, terminal: terminal_id", "card, terminal: terminal",
                "payments/*.parquet\n    about: payment by transaction_id\n    time: tx_time\n    known: tx_time + 7d\n    fields: { fraud: bool }",
                """
                verdicts.csv
                    about: payment by payment
                    time: at
                    known: known
                    fields: { fraud: bool }
                  check:
                    source: checks.csv
                    about: payment by payment
                    time: at
                    known: known
                    fields: { bad: bool }
                """,
                "label: verdict.fraud", $"label: {label}");
            return HistoryReader.Read(design, _path, new(), new() { BadRowShare = 0 });
        }

        private static string At(int day) =>
            new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day).ToString("s", CultureInfo.InvariantCulture);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
