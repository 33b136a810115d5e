using Lintel.Pipeline.Tests.Live;
using Lintel.Server.Import;
using Lintel.Server.Tests.Http;
using Lintel.Training;

namespace Lintel.Server.Tests.Import;

public sealed class ImportRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-import-").FullName;
    private readonly Lintel.Design.SystemDesign _design = PaymentsDesign.Parse();

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Payments(int count) => Write("payments.csv", "id,time,card,terminal,amount,online\n" + string.Concat(
        Enumerable.Range(0, count).Select(static i => $"p{i},2024-05-01T12:00:00Z,00{i % 7},t{i % 5},{i}.25,{i % 2}\n")));

    private Task<ImportCounts> RunAsync(ServedPayments server, string path, int type = 0) =>
        ImportRun.RunAsync(server.Client, _design.Events[type], [path], NoProgress.Instance);

    [Fact]
    public async Task File_is_accepted_once_however_often_it_is_imported()
    {
        await using var server = await ServedPayments.StartAsync();
        var path = Payments(2_500);
        (await RunAsync(server, path)).ShouldBe(new(2_500, 0, 0));
        File.AppendAllText(path, "new,2024-05-01T12:00:00Z,001,t1,3.5,0\n");
        (await RunAsync(server, path)).ShouldBe(new(1, 2_500, 0));
        // keys are the texts of the file, and known is the acceptance whatever the time says
        var asked = await server.GetJsonAsync("/v1/features?card=001");
        asked.GetProperty("features").GetProperty("card_payments_1d").GetDouble().ShouldBe(357 + 1);
    }

    [Fact]
    public async Task Lines_and_records_about_others_are_taken_too()
    {
        await using var server = await ServedPayments.StartAsync();
        await RunAsync(server, Write("p.ndjson", $"{ServedPayments.Payment("p1")}\n\n{ServedPayments.Payment("p2")}\n"));
        (await RunAsync(server, Write("v.csv", "payment,time,fraud\np1,2024-05-01T12:00:00Z,yes\np2,2024-05-01T12:00:00Z,no\n"), type: 1))
            .Accepted.ShouldBe(2);
        (await server.GetJsonAsync("/v1/features?terminal=t1")).GetProperty("features").GetProperty("terminal_risk_30d")
            .GetDouble().ShouldBe(0.5);
    }

    [Fact]
    public async Task Value_that_cannot_be_read_names_its_record_and_stops()
    {
        await using var server = await ServedPayments.StartAsync();
        var path = Write("bad.csv", "id,time,card,terminal,amount,online\np1,2024-05-01,c1,t1,1,0\np2,2024-05-01,c1,t1,much,0\n");
        var fault = await Should.ThrowAsync<InvalidDataException>(() => RunAsync(server, path));
        fault.Message.ShouldContain("record 2");
        fault.Message.ShouldContain("much");
        (await Should.ThrowAsync<InvalidDataException>(() => RunAsync(server, Write("no.csv", "id,card\np1,c1\n"))))
            .Message.ShouldContain("no column 'terminal'");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
