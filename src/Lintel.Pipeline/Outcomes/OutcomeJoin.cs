using Lintel.Design;
using Lintel.Events;

namespace Lintel.Pipeline.Outcomes;

/// <summary>Matches decisions with what became of them: the record that tells the label, or ends a decision without one. It follows from
/// the records and their order. Not thread-safe.</summary>
/// <remarks>A decision matures once, by the first record that tells its label; one that comes later than the label's <c>within</c> tells
/// nothing. Memory is that of the decisions that wait: the owner forgets those that waited long enough.</remarks>
/// <typeparam name="T">What is kept of a decision while it waits.</typeparam>
internal sealed class OutcomeJoin<T>
    where T : PendingOutcome
{
    private readonly LabelProgram[] _labels;
    private readonly EventDesign? _censored;
    private readonly Action<T, double> _matured;
    private readonly Action<T>? _ended;
    private readonly Dictionary<int, List<T>> _bySubject = [];
    private readonly Dictionary<int, T> _byNumber = [];
    private readonly Queue<T> _oldest = new();

    /// <param name="matured">Told a decision and its outcome, once.</param>
    /// <param name="censored">Told a decision that ended without a label; null: nobody is.</param>
    public OutcomeJoin(CompiledDesign compiled, Action<T, double> matured, Action<T>? censored = null)
    {
        (_matured, _ended) = (matured, censored);
        var decision = compiled.Design.Decision;
        _censored = decision.Censored;
        _labels = [.. decision.Label.Select(s => new LabelProgram(s, compiled))];
        ByDecision = decision.Label.All(s => s.Event.About?.Event == decision.Each);
    }

    /// <summary>The records that tell a label name the decision; else the subject that it is about.</summary>
    public bool ByDecision { get; }

    /// <summary>Decisions that wait for their outcome.</summary>
    public int Count => _byNumber.Count;

    /// <summary>Those decisions, in the order of their numbers.</summary>
    public IEnumerable<T> InOrder => _byNumber.Values.OrderBy(static p => p.Number);

    /// <summary>A decision begins to wait; one without a subject never ends, and does not begin.</summary>
    public void Begin(T pending)
    {
        if (pending.Subject < 0 || !_byNumber.TryAdd(pending.Number, pending)) { return; }
        if (!_bySubject.TryGetValue(pending.Subject, out var asked)) { _bySubject.Add(pending.Subject, asked = []); }
        asked.Add(pending);
        _oldest.Enqueue(pending);
    }

    /// <summary>Takes a record that may tell a label, or end decisions without one.</summary>
    public void Take(in EventRecord record)
    {
        if (record.Type == _censored?.Number) { End(record.Subject, null, default); }
        foreach (var label in _labels)
        {
            if (record.Type == label.Event) { End(record.Subject, label, record.Values); }
        }
    }

    /// <returns>Null: no such decision waits.</returns>
    public T? Find(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Whether any decision about a subject waits.</summary>
    public bool Waits(int subject) => _bySubject.ContainsKey(subject);

    /// <summary>A decision was given: it matures now if its outcome came before.</summary>
    public void Decided(T pending)
    {
        pending.IsDecided = true;
        if (double.IsNaN(pending.Outcome)) { return; }
        _matured(pending, pending.Outcome);
        Remove(pending);
    }

    public void Remove(T pending)
    {
        if (!_byNumber.Remove(pending.Number)) { return; }
        var asked = _bySubject[pending.Subject];
        asked.Remove(pending);
        if (asked.Count == 0) { _bySubject.Remove(pending.Subject); }
    }

    /// <summary>The decision that has waited longest; null: none waits.</summary>
    public T? Oldest()
    {
        while (_oldest.TryPeek(out var pending))
        {
            if (_byNumber.ContainsKey(pending.Number)) { return pending; }
            _oldest.Dequeue();
        }
        return null;
    }

    /// <summary>Takes out what has waited since before an instant.</summary>
    /// <param name="unheard">Told each; null: nobody is.</param>
    public void Forget(long before, Action<T>? unheard = null)
    {
        while (Oldest() is { } pending && pending.Known < before)
        {
            Remove(pending);
            unheard?.Invoke(pending);
        }
    }

    /// <summary>Ends what waits for a subject.</summary>
    /// <param name="label">Tells the label; null: it ends without one.</param>
    private void End(int subject, LabelProgram? label, ReadOnlySpan<double> values)
    {
        if (subject < 0 || !_bySubject.TryGetValue(subject, out var asked)) { return; }
        // what is taken out stands behind what is still to be looked at
        for (var i = asked.Count - 1; i >= 0; i--)
        {
            var pending = asked[i];
            var outcome = label?.Value(values, pending.Values) ?? double.NaN;
            // a record without a value says nothing yet
            if (label is not null && double.IsNaN(outcome)) { continue; }
            if (label is not null && !pending.IsDecided)
            {
                // it came before the decision was given: it counts then
                pending.Outcome = outcome;
                continue;
            }
            if (label is null) { _ended?.Invoke(pending); }
            else { _matured(pending, outcome); }
            Remove(pending);
        }
    }
}
