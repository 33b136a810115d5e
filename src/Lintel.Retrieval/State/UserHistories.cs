using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.State;

/// <summary>What each entity had to do with, oldest first: its last <see cref="Kept"/> interactions. Not thread-safe.</summary>
internal sealed class UserHistories
{
    /// <summary>Interactions of one entity that can be read; older ones are forgotten.</summary>
    public const int Kept = 1_000;

    private Interaction[]?[] _histories = [];
    private int[] _counts = [];

    public ReadOnlySpan<Interaction> Of(int entity)
    {
        if ((uint)entity >= (uint)_histories.Length || _histories[entity] is not { } history) { return []; }
        var count = _counts[entity];
        return history.AsSpan(Math.Max(0, count - Kept)..count);
    }

    public void Enter(in Interaction interaction)
    {
        var entity = interaction.Entity;
        if (entity >= _histories.Length)
        {
            Array.Resize(ref _histories, Math.Max(entity + 1, 2 * _histories.Length));
            Array.Resize(ref _counts, _histories.Length);
        }
        ref var history = ref _histories[entity];
        ref var count = ref _counts[entity];
        history ??= new Interaction[4];
        if (count == history.Length)
        {
            if (count == 2 * Kept)
            {
                // what cannot be read any more makes room
                history.AsSpan(Kept).CopyTo(history);
                count = Kept;
            }
            else { Array.Resize(ref history, Math.Min(2 * count, 2 * Kept)); }
        }
        history[count++] = interaction;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_histories.Count(static h => h is not null));
        for (var entity = 0; entity < _histories.Length; entity++)
        {
            if (_histories[entity] is null) { continue; }
            var history = Of(entity);
            writer.Write(entity);
            writer.Write(history.Length);
            foreach (var interaction in history)
            {
                writer.Write(interaction.Item);
                writer.Write(interaction.Known);
                writer.Write(interaction.Weight);
            }
        }
    }

    public void Read(BinaryReader reader)
    {
        for (var entities = reader.ReadInt32(); entities > 0; entities--)
        {
            var entity = reader.ReadInt32();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                Enter(new(entity, reader.ReadInt32(), reader.ReadInt64(), reader.ReadSingle()));
            }
        }
    }
}
