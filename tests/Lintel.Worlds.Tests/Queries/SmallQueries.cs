using Lintel.Worlds.Queries;

namespace Lintel.Worlds.Tests.Queries;

/// <summary>One small world that several tests look at.</summary>
internal static class SmallQueries
{
    public static QueriesOptions Options { get; } =
        new() { Days = 20, Documents = 4_000, Queries = 600, Searches = 2_500, Explored = 0.3, Seed = 5 };

    public static Document[] Documents { get; } = Document.Draw(Options);

    public static Query[] Queries { get; } = Query.Draw(Options);

    public static Relevance Relevance { get; } = new(Options, Documents, Queries);

    public static SearchLedger Ledger { get; } = QueriesSimulator.Run(Options, Documents, Queries, Relevance);

    public static QueriesTruth Truth { get; } = new(Options, Documents, Queries, Relevance, Ledger);
}
