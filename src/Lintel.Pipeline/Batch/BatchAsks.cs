using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Quotes;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>A promise for every ask of a file, to the bit what <c>POST /v1/quote</c> answers at the instant: windows, lists and ranges stand as
/// of then, whatever time an ask says; the clock (<c>hour(time)</c>) is the ask's own. The state has one reader at a time.</summary>
internal sealed class BatchAsks : IBatchContent
{
    private readonly AskFile _file;
    private readonly Served _served;
    private readonly Lock _reading = new();

    /// <exception cref="InvalidDataException">Rows are faulty, or there is none.</exception>
    internal BatchAsks(AskFile file, SystemVersion version, LiveState state)
    {
        (_file, _served) = (file, new(version, state));
        AskPart.ThrowIfNamesCollide(version);
        file.Check(_served);
    }

    public string Entity => _served.Version.Design.Decision.Each.Name;

    public int Count => _file.Count;

    public string? Asks => _file.Hash;

    public int? Take => null;

    public IEnumerable<BatchJob> Jobs(IReadOnlyList<int> parts) => _file.Jobs(parts);

    public IBatchWorker NewWorker(BatchTally tally, CancellationToken cancellation) => new Worker(this, tally, cancellation);

    private sealed class Worker(BatchAsks asks, BatchTally tally, CancellationToken cancellation) : IBatchWorker
    {
        private readonly QuoteRequest _quote = new();

        public void Make(BatchJob job, long instant, string path)
        {
            cancellation.ThrowIfCancellationRequested();
            _quote.Begin(asks._served);
            var first = job.Part * BatchRun.PerPart;
            for (var i = 0; i < job.Asks.Count; i++) { QuoteReader.ReadRow(job.Asks[i], _quote, first + i + 1); }
            try
            {
                lock (asks._reading) { Quoting.ReadFeatures(_quote, instant, acceptUnknownSubjects: false); }
                // every row was read before, so what is wrong now was changed since
                if (_quote.Faults.Count > 0) { throw new RequestException([.. _quote.Faults]); }
                Quoting.Score(_quote);
                AskPart.Write(path, first, _quote);
            }
            finally { _quote.Return(); }
            tally.Add(job.Asks.Count);
        }
    }
}
