using System.Text;

namespace Lintel.Pipeline.Live;

/// <summary>Who waits for a decision that another request is still making, by the decided record's id. The sequencer owns
/// it.</summary>
internal sealed class AwaitedAnswers
{
    private readonly Dictionary<string, TaskCompletionSource<long>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes with the decision's place.</summary>
    internal Task<long> Await(ReadOnlySpan<byte> id)
    {
        var name = Encoding.UTF8.GetString(id);
        if (!_waiting.TryGetValue(name, out var waiting))
        {
            _waiting.Add(name, waiting = new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        return waiting.Task;
    }

    /// <summary>Whom to tell; null, as most often: nobody waits.</summary>
    internal TaskCompletionSource<long>? Take(ReadOnlySpan<byte> id)
    {
        if (_waiting.Count == 0) { return null; }
        _waiting.Remove(Encoding.UTF8.GetString(id), out var waiting);
        return waiting;
    }
}
