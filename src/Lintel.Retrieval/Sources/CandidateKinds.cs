using Lintel.Design.Kinds;
using Lintel.Retrieval.Ease;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Neighbours;
using Lintel.Retrieval.Towers;

namespace Lintel.Retrieval.Sources;

/// <summary>Every kind of candidate source, in one place: a new one is a file in its family's folder and a line here.</summary>
public static class CandidateKinds
{
    public static IReadOnlyList<ICandidateTrainer> Trainers { get; } =
        [new AlsSourceTrainer(), new PopularTrainer(), new NewestTrainer(), new RecentTrainer(), new TowerTrainer(),
            new ItemToItemTrainer(), new MarkovTrainer(), new EaseTrainer()];

    public static IEnumerable<Kind> Kinds => Trainers.Select(static t => t.Kind);

    /// <exception cref="InvalidDataException">This program has no such kind.</exception>
    public static ICandidateTrainer Find(string kind) =>
        Trainers.FirstOrDefault(t => t.Kind.Name == kind) ?? throw new InvalidDataException(
            $"source kind '{kind}' is not known to this program, which has {string.Join(", ", Trainers.Select(static t => t.Kind.Name))}; "
            + "use the Lintel that made it, or train again.");
}
