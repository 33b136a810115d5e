using System.Globalization;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>A page for every key of the entity that asks. The state has one reader at a time; scoring and the policy run beside
/// it.</summary>
internal sealed class BatchPages : IBatchContent
{
    private readonly SystemVersion _version;
    private readonly LiveState _state;
    private readonly BatchAudience _audience;
    private readonly Lock _reading = new();

    /// <exception cref="InvalidDataException">Nobody is known, or nothing can be had at the instant.</exception>
    internal BatchPages(SystemVersion version, LiveState state, long instant)
    {
        (_version, _state) = (version, state);
        ThrowIfNothingIsThere(instant);
        _audience = BatchAudience.Of(version.Design, state.Compiled.Dictionaries);
    }

    public string Entity => _audience.Entity;

    public int Count => _audience.Count;

    public string? Asks => null;

    public int? Take => _version.Compiled.Page!.Length;

    public IEnumerable<BatchJob> Jobs(IReadOnlyList<int> parts)
    {
        foreach (var part in parts) { yield return new(part, []); }
    }

    public IBatchWorker NewWorker(BatchTally tally, CancellationToken cancellation) => new Worker(this, tally, cancellation);

    private void ThrowIfNothingIsThere(long instant)
    {
        var items = _version.Compiled.Plan.Row!.Items;
        for (var item = 0; item < items.Count; item++)
        {
            if (items.IsThere(item, instant)) { return; }
        }
        throw new InvalidDataException(
            $"catalogue '{items.Design.Name}' of version {_version.Number}: none of its {items.Count:N0} items can be had at {BatchRun.Time(instant)}; "
            + "name another instant with --at, or train on a catalogue that holds some.");
    }

    private sealed class Worker(BatchPages pages, BatchTally tally, CancellationToken cancellation) : IBatchWorker
    {
        private readonly SystemVersion _version = pages._version;
        private readonly PageRequest _request = new(pages._version.Compiled);

        public void Make(BatchJob job, long instant, string path)
        {
            var decision = _version.Design.Decision;
            var part = new BatchPart(pages._audience.Entity, decision.Ranking!);
            var keys = pages._state.Compiled.Dictionaries[pages._audience.Entity];
            var reading = new PageReading(_request, _version.Retriever!);
            var draws = Decider.LetThroughOf(_version);
            var values = new double[decision.Each.Columns.Length];
            foreach (var code in pages._audience.Of(job.Part))
            {
                cancellation.ThrowIfCancellationRequested();
                FillValues(values, code, instant);
                lock (pages._reading) { pages._state.PeekPage(values, instant, reading); }
                var key = keys.Text(code);
                _version.Rank(_request, draws.Bits(string.Create(CultureInfo.InvariantCulture, $"{instant}/{key}")));
                part.Add(key, _request);
                tally.Add(1, isShort: _request.Page.Count < pages.Take);
            }
            part.Write(path);
        }

        /// <summary>The request that an entity would make at the batch's instant; what only a real one knows is missing.</summary>
        private void FillValues(Span<double> values, int code, long instant)
        {
            values.Fill(double.NaN);
            var columns = _version.Design.Decision.Each.Columns;
            for (var c = 0; c < columns.Length; c++)
            {
                if (columns[c].Kind is Design.ColumnKind.Time or Design.ColumnKind.Known) { values[c] = instant; }
            }
            values[pages._audience.Column] = code;
        }
    }
}
