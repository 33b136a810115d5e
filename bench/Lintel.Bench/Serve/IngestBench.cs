using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Serve;

/// <summary>Events in batches over HTTP, acknowledged on disk: <c>ingest URL SECONDS [CONNECTIONS] [BATCH] [lines|array]</c>.
/// The client shares the machine, so it does little: a request is built once for each connection, ids and keys are written
/// over in place, answers are only counted.</summary>
internal static class IngestBench
{
    private const int IdDigits = 12;

    internal static int Run(string[] args)
    {
        if (args.Length < 2 || !double.TryParse(args[1], CultureInfo.InvariantCulture, out var seconds))
        {
            Console.Error.WriteLine("ingest URL SECONDS [CONNECTIONS] [BATCH] [lines|array]");
            return 2;
        }
        var url = new Uri(args[0]);
        var connections = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 16;
        var batch = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 100;
        var asLines = args.Length < 5 || args[4] == "lines";
        var run = Stopwatch.GetTimestamp() % 1_000_000;
        Measure(url, Math.Min(3, seconds), connections, batch, asLines, run);
        var (requests, latencies, took) = Measure(url, seconds, connections, batch, asLines, run + 1);
        Array.Sort(latencies);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{requests * batch / took:F0} events/s durable in batches of {batch} ({(asLines ? "lines, counts answered" : "array, each answered")}), "
            + $"{connections} connections: {requests / took:F0} requests/s, p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms"));
        return 0;

        double At(double share) => latencies[(int)(share * (latencies.Length - 1))];
    }

    private static (long Requests, double[] Latencies, double Seconds) Measure(
        Uri url, double seconds, int connections, int batch, bool asLines, long run)
    {
        var results = new List<double>[connections];
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(seconds * Stopwatch.Frequency);
        var threads = new Thread[connections];
        for (var c = 0; c < connections; c++)
        {
            var connection = c;
            threads[c] = new(() => results[connection] = Send(url, batch, asLines, $"{run:D6}{connection:D3}-", connection, end));
            threads[c].Start();
        }
        foreach (var thread in threads) { thread.Join(); }
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (results.Sum(static r => (long)r.Count), [.. results.SelectMany(static r => r)], took);
    }

    private static List<double> Send(Uri url, int batch, bool asLines, string prefix, int seed, long end)
    {
        var (request, at) = Build(url, batch, asLines, prefix);
        var random = new RandomStream((ulong)seed);
        var answer = new byte[1 << 16];
        var latencies = new List<double>();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(url.Host, url.Port);
        for (var number = 0L; Stopwatch.GetTimestamp() < end;)
        {
            foreach (var place in at)
            {
                WriteDigits(request.AsSpan(place.Id, IdDigits), number++);
                WriteDigits(request.AsSpan(place.Card, 4), random.NextInt32(ServedFraud.Cards));
                WriteDigits(request.AsSpan(place.Terminal, 4), random.NextInt32(ServedFraud.Terminals));
            }
            var sent = Stopwatch.GetTimestamp();
            socket.Send(request);
            Receive(socket, answer);
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
        return latencies;
    }

    /// <summary>Reads one answer to its end.</summary>
    private static void Receive(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = socket.Receive(buffer.AsSpan(length));
            if (read == 0) { throw new InvalidOperationException("the server closed the connection"); }
            length += read;
            var got = buffer.AsSpan(0, length);
            var head = got.IndexOf("\r\n\r\n"u8);
            if (head < 0) { continue; }
            if (!got.StartsWith("HTTP/1.1 200"u8)) { throw new InvalidOperationException(Encoding.UTF8.GetString(got)); }
            var field = got.IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
            var size = int.Parse(got[field..(field + got[field..].IndexOf("\r"u8))], CultureInfo.InvariantCulture);
            if (length >= head + 4 + size) { return; }
        }
    }

    private static (byte[] Request, (int Id, int Card, int Terminal)[] At) Build(
        Uri url, int batch, bool asLines, string prefix)
    {
        var body = new StringBuilder(asLines ? "" : "[");
        var at = new (int Id, int Card, int Terminal)[batch];
        for (var i = 0; i < batch; i++)
        {
            if (i > 0) { body.Append(asLines ? '\n' : ','); }
            body.Append("{\"id\":\"").Append(prefix);
            at[i].Id = body.Length;
            body.Append('0', IdDigits).Append("\",\"card\":\"");
            at[i].Card = body.Length;
            body.Append("0000\",\"terminal\":\"");
            at[i].Terminal = body.Length;
            body.Append(CultureInfo.InvariantCulture, $"0000\",\"amount\":{(i * 37 % 20_000) / 100.0}}}");
        }
        if (!asLines) { body.Append(']'); }
        var head = $"POST /v1/events?event=payment{(asLines ? "&answer=summary" : "")} HTTP/1.1\r\nHost: {url.Authority}\r\n"
            + $"Content-Type: application/{(asLines ? "x-ndjson" : "json")}\r\nContent-Length: {body.Length}\r\n\r\n";
        return (Encoding.ASCII.GetBytes(head + body),
            [.. at.Select(a => (a.Id + head.Length, a.Card + head.Length, a.Terminal + head.Length))]);
    }

    private static void WriteDigits(Span<byte> digits, long number)
    {
        for (var d = digits.Length - 1; d >= 0; d--)
        {
            digits[d] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
