using System.Text;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Tests.Live;

public sealed class RecordLinesTests
{
    private readonly RecordShapes _shapes = new(PaymentsDesign.Parse());
    private readonly LiveRequest _request = new();

    private LiveRequest Read(string body, bool asLines = false, int maxRecords = 1000)
    {
        _request.Clear();
        RecordParser.Read(Encoding.UTF8.GetBytes(body), _shapes, _shapes.Decided, maxRecords, _request, asLines);
        return _request;
    }

    private static string Line(string id) => LivePayments.Payment(id);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n \n")]
    public void Several_lines_are_several_records_whatever_ends_them(string end)
    {
        var request = Read($"{Line("a")}{end}{Line("b")}{end}");
        request.Faults.ShouldBeEmpty();
        (request.IsArray, request.Count).ShouldBe((true, 2));
        Encoding.UTF8.GetString(request[1].Record.Id).ShouldBe("b");
    }

    [Fact]
    public void One_object_is_lines_only_where_its_type_says_so()
    {
        Read(Line("a")).IsArray.ShouldBeFalse();
        Read(Line("a") + "\n").IsArray.ShouldBeFalse();
        Read(Line("a"), asLines: true).IsArray.ShouldBeTrue();
        var spread = Read(Line("a").Replace(",", ",\n"));
        (spread.Faults.Count, spread.IsArray, spread.Count).ShouldBe((0, false, 1));
    }

    [Fact]
    public void Faults_of_all_lines_are_told_with_their_line_and_a_pointer_into_it()
    {
        var request = Read($$"""
            {{Line("a")}}

            {"id":"b","card":"c1","terminal":"t1","amount":"x","online":true}
            {"id":"c",
            {"event":"verdict","about":"a"}
            {{Line("d")}} {}
            """);
        request.Faults.Select(static f => (f.Line, f.Status, f.Pointer)).ShouldBe(
            [(3, 422, "/amount"), (4, 400, ""), (5, 422, "/fraud"), (6, 400, "")]);
        request.Faults[1].What.ShouldContain("at line 1, byte");
    }

    [Fact]
    public void Lines_past_the_limit_and_no_lines_are_refused()
    {
        Read($"{Line("a")}\n{Line("b")}\n{Line("c")}", maxRecords: 2).Faults.ShouldHaveSingleItem().Status.ShouldBe(413);
        Read("\n \n", asLines: true).Faults.ShouldHaveSingleItem().What.ShouldBe("no record");
    }

    [Fact]
    public void Random_lines_never_throw_and_never_lose_a_line()
    {
        var random = new Lintel.Numerics.Random.RandomStream(11);
        var start = Encoding.UTF8.GetBytes($"{Line("a")}\n{Line("b")}\n{Line("c")}");
        for (var round = 0; round < 10_000; round++)
        {
            var body = start.ToArray();
            for (var change = random.NextInt32(4); change >= 0; change--)
            {
                body[random.NextInt32(body.Length)] = (byte)random.NextInt32(256);
            }
            _request.Clear();
            RecordParser.Read(body, _shapes, _shapes.Decided, 1000, _request, asLines: true);
            // a changed byte may split a line or leave one blank, but what is read is read whole
            (_request.Faults.Count > 0 || _request.Count >= 2).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Request_check_names_the_line()
    {
        using var live = new LivePayments();
        var request = new LiveRequest();
        live.Service.ReadEvents(Encoding.UTF8.GetBytes($"{LivePayments.Payment("p1")}\n{LivePayments.Verdict("p9", true)}"),
            request, "payment");
        await live.Service.ApplyAsync(request, decide: false);
        var fault = request.Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Pointer).ShouldBe((2, "/about"));
    }

    [Fact]
    public async Task Accepting_allocates_nothing_for_each_record()
    {
        using var live = new LivePayments();
        var request = new LiveRequest();
        // ids and keys take the same room each time; what grows by doubling has grown before
        for (var i = 0; i < 5; i++) { await SendAsync(1000 * i, 1000); }
        var each = new double[3];
        for (var i = 0; i < each.Length; i++)
        {
            var few = await SendAsync(5000 + (520 * i), 10);
            each[i] = (await SendAsync(5010 + (520 * i), 510) - few) / 500.0;
        }
        // a wait that meets a busy disk may cost something once for a request, never for a record
        each.Min().ShouldBeLessThan(1);

        async Task<long> SendAsync(int from, int count)
        {
            var body = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(from, count).Select(static i =>
                LivePayments.Payment($"{i:D8}", i, $"c{i % 7}", $"t{i % 5}"))));
            var before = GC.GetAllocatedBytesForCurrentThread();
            live.Service.ReadEvents(body, request, "payment");
            var pending = live.Service.ApplyAsync(request, decide: false);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            await pending;
            request.Faults.ShouldBeEmpty();
            return allocated;
        }
    }
}
