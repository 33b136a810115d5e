using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.Interactions;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Factorisation;

/// <summary>Parameters of kind <c>als</c>.</summary>
public sealed record AlsParameters
{
    [Parameter("Length of a factor vector.", Min = 1, Max = 512)]
    public int Factors { get; init; } = 64;

    [Parameter("Passes over users and items.", Min = 1, Max = 200)]
    public int Iterations { get; init; } = 15;

    [Parameter("Weight of the squared norms.", Min = 1e-6, Max = 1e4)]
    public double Regularisation { get; init; } = 0.01;

    [Parameter("Confidence of an interaction of weight w: 1 + alpha · w.", Min = 1e-6, Max = 1e4)]
    public double Alpha { get; init; } = 40;

    [Parameter("How each row's problem is solved.", OneOf = ["cg", "exact"])]
    public string Solver { get; init; } = "cg";
}

/// <summary>Kind <c>als</c>: implicit matrix factorisation; the one who asks is folded in from what is known of them now.</summary>
public sealed class AlsSourceTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "als", typeof(AlsParameters),
        "Implicit matrix factorisation by alternating least squares; users are folded in from what is known of them.")
    {
        Feed = FeedNeed.Needed,
    };

    public SourceNeeds Needs => SourceNeeds.History;

    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context)
    {
        var settings = (AlsParameters)parameters;
        if (examples.Interactions.Length == 0)
        {
            throw new FitException("there is no interaction to learn from; check 'from' and 'where'");
        }
        var options = new AlsOptions
        {
            Factors = settings.Factors,
            Iterations = settings.Iterations,
            Regularisation = (float)settings.Regularisation,
            Alpha = (float)settings.Alpha,
            Solver = settings.Solver == "exact" ? AlsSolver.Exact : AlsSolver.ConjugateGradient,
            Threads = context.Threads,
        };
        var matrix = InteractionMatrix.Of(
            examples.EntityCount, examples.ItemCount,
            Array.ConvertAll(examples.Interactions, static i => i.Entity),
            Array.ConvertAll(examples.Interactions, static i => i.Item),
            Array.ConvertAll(examples.Interactions, static i => i.Weight));
        var model = AlsTrainer.Fit(matrix, options, context.Seed, context.Progress, context.Cancellation);
        return new AlsSource(model.Items, options);
    }

    public ICandidateSource Read(BinaryReader reader)
    {
        var options = new AlsOptions
        {
            Factors = Payload.ReadCount(reader, "factors", 1, 512),
            Regularisation = reader.ReadSingle(),
            Alpha = reader.ReadSingle(),
        };
        var items = new FactorTable(
            Payload.ReadCount(reader, "items", 0, 1 << 24, options.Factors * sizeof(float)), options.Factors);
        for (var item = 0; item < items.Count; item++)
        {
            var row = items.Row(item)[..options.Factors];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(row));
            foreach (var value in row)
            {
                if (!float.IsFinite(value)) { throw new InvalidDataException($"factors of item {item} hold {value}, expected finite numbers"); }
            }
        }
        return new AlsSource(items, options);
    }
}

internal sealed class AlsSource : ICandidateSource
{
    private readonly AlsOptions _options;
    private readonly FactorTable _items;
    private readonly float[] _gram;
    private readonly ExactScan _scan;
    private readonly bool[] _isKnown;
    private readonly ConcurrentBag<AlsProblem> _problems = [];

    public AlsSource(FactorTable items, AlsOptions options)
    {
        (_items, _options) = (items, options);
        _gram = Gram.Of(items, options);
        _scan = new(items);
        // without interactions an item's factors are 0: it would tie with all others of its kind, in the order of their codes
        _isKnown = [.. Enumerable.Range(0, items.Count).Select(item => items[item].ContainsAnyExcept(0f))];
    }

    public int Retrieve(CandidateRequest request, Span<ScoredItem> best)
    {
        var history = request.History;
        var ints = ArrayPool<int>.Shared.Rent(history.Length + 1);
        var floats = ArrayPool<float>.Shared.Rent(history.Length + _items.Stride);
        var marks = ArrayPool<byte>.Shared.Rent(_items.Count);
        try
        {
            var count = Gather(history, ints, floats);
            if (count == 0) { return 0; }
            var user = floats.AsSpan(history.Length, _items.Stride);
            user.Clear();
            if (!_problems.TryTake(out var problem)) { problem = new(_gram, _items, _options with { Solver = AlsSolver.Exact }); }
            problem.Solve(ints.AsSpan(0, count), floats.AsSpan(0, count), user);
            _problems.Add(problem);
            var offered = marks.AsSpan(0, _items.Count);
            for (var item = 0; item < offered.Length; item++)
            {
                offered[item] = _isKnown[item] && request.MayOffer(item) ? (byte)1 : (byte)0;
            }
            return _scan.SearchOffered(user[.._items.Factors], offered, best);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ints);
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<byte>.Shared.Return(marks);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_options.Factors);
        writer.Write(_options.Regularisation);
        writer.Write(_options.Alpha);
        writer.Write(_items.Count);
        for (var item = 0; item < _items.Count; item++) { writer.Write(MemoryMarshal.AsBytes(_items[item])); }
    }

    /// <summary>Items the model knows with their weights, each once: several interactions with one add up, as in the fit.</summary>
    private int Gather(ReadOnlySpan<Interaction> history, Span<int> items, Span<float> weights)
    {
        var count = 0;
        foreach (var interaction in history)
        {
            if (interaction.Item >= _items.Count) { continue; }
            var at = items[..count].IndexOf(interaction.Item);
            if (at >= 0) { weights[at] += interaction.Weight; }
            else { (items[count], weights[count++]) = (interaction.Item, interaction.Weight); }
        }
        return count;
    }
}
