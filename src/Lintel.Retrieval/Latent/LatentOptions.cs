namespace Lintel.Retrieval.Latent;

/// <summary>How a latent space is fitted.</summary>
public sealed record LatentOptions
{
    /// <summary>Length of vectors, 1 to 1,000; no more than there are documents. Default 100, the least of the
    /// 100 to 300 that the literature recommends: beside BM25, vectors are to find what shares no word, and fewer directions generalise more
    /// (bench <c>words hybrid</c>).</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>Directions that are followed beside those kept, at least 0. Default 20.</summary>
    public int Oversampling { get; init; } = 20;

    /// <summary>Passes that turn the directions towards the strongest, at least 0. Default 3: spectra of texts fall slowly.</summary>
    public int Passes { get; init; } = 3;

    /// <summary>Terms of fewer documents are left out, at least 1. Default 2: what one document alone holds says nothing of others.</summary>
    public int LeastDocuments { get; init; } = 2;

    /// <summary>They change the time that a fit takes, and no bit of it.</summary>
    public int Threads { get; init; } = 1;

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal void Check()
    {
        if (Dimensions is < 1 or > 1_000 || Oversampling < 0 || Passes < 0 || LeastDocuments < 1 || Threads < 1)
        {
            throw new ArgumentException(
                $"latent: {Dimensions} dimensions, {Oversampling} more to follow, {Passes} passes, terms of {LeastDocuments} documents, {Threads} threads; "
                + "expected 1 to 1,000 dimensions, and the others at least 0, 0, 1 and 1");
        }
    }
}
