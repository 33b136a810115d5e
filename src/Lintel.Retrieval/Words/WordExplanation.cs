namespace Lintel.Retrieval.Words;

/// <summary>Why a document scores as it does for a query: a line for each of the query's terms.</summary>
/// <param name="Document">Its code.</param> <param name="Score">The sum of the terms' parts.</param>
public sealed record WordExplanation(int Document, double Score, IReadOnlyList<TermExplanation> Terms);

/// <summary>What one term adds (<see cref="Bm25Settings"/> has the formula).</summary>
/// <param name="Term">As the analysis left it.</param> <param name="Weight">q: how often the query holds it.</param>
/// <param name="DocumentCount">n: documents of the index that hold it.</param> <param name="Idf">0 where none does.</param>
/// <param name="Occurrences">tf of each field, [fields].</param> <param name="Lengths">len of each field, [fields].</param>
/// <param name="Part">q · idf · x / (k1 + x); 0: the document does not hold it.</param>
public sealed record TermExplanation(
    string Term, double Weight, int DocumentCount, double Idf, IReadOnlyList<int> Occurrences, IReadOnlyList<int> Lengths, double Part);
