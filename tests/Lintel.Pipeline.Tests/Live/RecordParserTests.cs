using System.Text;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Tests.Live;

public sealed class RecordParserTests
{
    private const string Whole = """{"id":"p1","time":"2024-05-01T12:00:00Z","card":"c1","terminal":"t1","amount":12.5,"online":true}""";

    private readonly RecordShapes _shapes = new(PaymentsDesign.Parse());
    private readonly LiveRequest _request = new();

    private LiveRequest Read(string body, bool decide = true) => Read(Encoding.UTF8.GetBytes(body), decide);

    private LiveRequest Read(byte[] body, bool decide = true)
    {
        _request.Clear();
        RecordParser.Read(body, _shapes, decide ? _shapes.Decided : null, 1000, _request);
        return _request;
    }

    private RequestFault FaultOf(string body, bool decide = true) => Read(body, decide).Faults.ShouldHaveSingleItem();

    [Fact]
    public void Record_whole_is_read_into_its_columns()
    {
        var request = Read(Whole);
        request.Faults.ShouldBeEmpty();
        request.IsArray.ShouldBeFalse();
        var record = request[0].Record;
        Encoding.UTF8.GetString(record.Id).ShouldBe("p1");
        record.HasTime.ShouldBeTrue();
        record.Values[0].ShouldBe(1714564800_000000);
        record.Values[4].ShouldBe(12.5);
        record.Values[5].ShouldBe(1);
        record.Texts.Select(t => (t.Column, Encoding.UTF8.GetString(record.Bytes(t.Text)))).ShouldBe([(2, "c1"), (3,
            "t1")]);
    }

    [Theory]
    [InlineData("\"2024-05-01T12:00:00\"", 1714564800_000000)]           // without an offset: UTC
    [InlineData("\"2024-05-01T14:00:00+02:00\"", 1714564800_000000)]
    [InlineData("\"2024-05-01T12:00:00.1234567Z\"", 1714564800_123456)]
    [InlineData("1714564800000000", 1714564800_000000)]
    public void Time_is_read_in_every_form(string time, double expected)
    {
        var request = Read(Whole.Replace("\"2024-05-01T12:00:00Z\"", time));
        request.Faults.ShouldBeEmpty();
        request[0].Record.Values[0].ShouldBe(expected);
    }

    [Fact]
    public void Ids_and_keys_may_be_whole_numbers_and_escapes_are_undone()
    {
        var request = Read("""{"id":17,"card":42,"terminal":"\u00e4\"b","amount":null,"online":false}""");
        request.Faults.ShouldBeEmpty();
        var record = request[0].Record;
        Encoding.UTF8.GetString(record.Id).ShouldBe("17");
        Encoding.UTF8.GetString(record.Bytes(record.Texts[0].Text)).ShouldBe("42");
        Encoding.UTF8.GetString(record.Bytes(record.Texts[1].Text)).ShouldBe("ä\"b");
        double.IsNaN(record.Values[4]).ShouldBeTrue();
        record.HasTime.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"amount\":12.5", "\"amount\":\"12.5\"", "/amount", "text \"12.5\"", "a finite number")]
    [InlineData("\"amount\":12.5", "\"amount\":\"NaN\"", "/amount", "text \"NaN\"", "a finite number")]
    [InlineData("\"amount\":12.5", "\"amount\":1e999", "/amount", "1e999", "a finite number")]
    [InlineData("\"amount\":12.5", "\"amount\":1e30", "/amount", "1e30", "a number below 9.22E+12")]
    [InlineData("\"amount\":12.5", "\"amount\":{\"a\":[1]}", "/amount", "an object", "a finite number")]
    [InlineData("\"online\":true", "\"online\":1", "/online", "1", "true or false")]
    [InlineData("\"card\":\"c1\"", "\"card\":1.5", "/card", "1.5", "a text or a whole number")]
    [InlineData("\"card\":\"c1\"", "\"card\":[]", "/card", "an array", "a text or a whole number")]
    [InlineData("\"card\":\"c1\"", "\"card\":\"\"", "/card", "text \"\"", "not empty")]
    [InlineData("\"card\":\"c1\"", "\"card\":\"\\ud800\"", "/card", "text \"\\ud800\"", "valid Unicode")]
    [InlineData("\"2024-05-01T12:00:00Z\"", "\"yesterday\"", "/time", "text \"yesterday\"", "ISO 8601")]
    [InlineData("\"2024-05-01T12:00:00Z\"", "1.5e300", "/time", "1.5e300", "ISO 8601")]
    [InlineData("\"id\":\"p1\"", "\"id\":true", "/id", "true", "a text or a whole number")]
    [InlineData("\"online\":true", "\"online\":true,\"online\":false", "/online", "two values", "one value")]
    [InlineData("\"online\":true", "\"online\":true,\"colour\":\"red\"", "/colour", "colour",
        "id, card, terminal, amount, online")]
    [InlineData(",\"amount\":12.5", "", "/amount", "nothing", "id, card, terminal, amount, online")]
    [InlineData("\"id\":\"p1\",", "", "/id", "nothing", "id, card, terminal, amount, online")]
    public void Value_that_cannot_be_read_says_where_got_and_expected(
        string from, string to, string pointer, string got, string expected)
    {
        var fault = FaultOf(Whole.Replace(from, to));
        fault.Status.ShouldBe(RequestFault.NotValid);
        fault.Pointer.ShouldBe(pointer);
        fault.Got.ShouldBe(got);
        fault.Expected.ShouldContain(expected);
        fault.Fix.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{\"id\":\"p1\",\n \"amount\": NaN}", "line 2, byte 12")]
    [InlineData("{\"id\":\"p1\"", "line 1")]
    [InlineData("{} {}", "line 1")]
    [InlineData("[[[[[[[[[[[[]]]]]]]]]]]]", "line 1")]
    public void Body_that_is_no_json_says_where(string body, string where)
    {
        var fault = FaultOf(body);
        fault.Status.ShouldBe(RequestFault.Malformed);
        fault.What.ShouldContain(where);
    }

    [Fact]
    public void Every_fault_of_a_batch_is_told_at_once_with_its_index()
    {
        var request = Read($$"""[{{Whole}},{"id":"p2","colour":1},7,{{Whole}}]""");
        request.Faults.Select(static f => f.Pointer).ShouldBe(
            ["/1/colour", "/1/card", "/1/terminal", "/1/amount", "/1/online", "/2"]);
    }

    [Fact]
    public void Event_is_told_by_name_wherever_it_stands()
    {
        var request = Read("""[{"about":"p1","fraud":true,"event":"verdict"}]""", decide: false);
        request.Faults.ShouldBeEmpty();
        request[0].Record.Event.Name.ShouldBe("verdict");
        Encoding.UTF8.GetString(request[0].Record.Subject).ShouldBe("p1");
    }

    [Theory]
    [InlineData("""{"about":"p1","fraud":true}""", "/event", "does not say")]
    [InlineData("""{"event":"refund","about":"p1"}""", "/event", "no such event type")]
    [InlineData("""{"event":7}""", "/event", "no such event type")]
    [InlineData("""{"event":"verdict","fraud":true}""", "/about", "missing")]
    [InlineData("""{"event":"verdict","about":{},"fraud":true}""", "/about", "cannot be read")]
    [InlineData("[]", "", "no record")]
    [InlineData("3", "", "JSON object")]
    public void Event_that_cannot_be_told_is_a_fault(string body, string pointer, string what)
    {
        var fault = FaultOf(body, decide: false);
        fault.Pointer.ShouldBe(pointer);
        fault.What.ShouldContain(what);
    }

    [Fact]
    public void Known_is_ours_to_say_whatever_the_record_says()
    {
        var request = Read(Whole.Replace("\"card\"", "\"known\":\"1999-01-01\",\"card\""));
        request.Faults.ShouldBeEmpty();
        double.IsNaN(request[0].Record.Values[1]).ShouldBeTrue();
    }

    [Fact]
    public void Texts_past_their_limits_and_wrong_encodings_are_refused()
    {
        FaultOf(Whole.Replace("\"p1\"", $"\"{new string('x', 257)}\"")).Expected.ShouldContain("256 bytes");
        FaultOf(Whole.Replace("\"c1\"", $"\"{new string('x', 1025)}\"")).Expected.ShouldContain("1024 bytes");
        var latin1 = Encoding.Latin1.GetBytes(Whole.Replace("c1", "\u00e4"));
        Read(latin1).Faults.ShouldHaveSingleItem().Expected.ShouldContain("UTF-8");
    }

    [Fact]
    public void Batch_past_its_limit_is_refused()
    {
        _request.Clear();
        RecordParser.Read(Encoding.UTF8.GetBytes($"[{Whole},{Whole},{Whole}]"), _shapes, _shapes.Decided, 2, _request);
        var fault = _request.Faults.ShouldHaveSingleItem();
        fault.Status.ShouldBe(RequestFault.TooLarge);
        fault.Expected.ShouldBe("at most 2");
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Lintel.Numerics.Random.RandomStream(7);
        var start = Encoding.UTF8.GetBytes($"[{Whole},{Whole}]");
        for (var round = 0; round < 20_000; round++)
        {
            var body = start.ToArray();
            for (var change = random.NextInt32(4); change >= 0; change--)
            {
                body[random.NextInt32(body.Length)] = (byte)random.NextInt32(256);
            }
            var request = Read(body[..(1 + random.NextInt32(body.Length))]);
            (request.Faults.Count > 0 || request.Count is 1 or 2).ShouldBeTrue();
        }
    }
}
