namespace Lintel.Native.XGBoost;

/// <summary>A boosted ensemble while it is fitted. Not thread-safe. All calls of one fit must come from one thread: the library's
/// random numbers are the thread's.</summary>
public sealed class Booster : IDisposable
{
    private const string Margins = """{"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}""";
    private const string Contributions = """{"type":2,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}""";

    private const string LeavesOfTrees = """{"type":6,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}""";

    // the library keeps the training matrix by reference count of its own; holding it here keeps the managed owner alive as well
    private readonly DMatrix? _train;

    /// <param name="train">What it will be fitted on; null: it will be loaded.</param>
    public Booster(DMatrix? train = null)
    {
        _train = train;
        var added = false;
        try
        {
            train?.Handle.DangerousAddRef(ref added);
            XGBoostLibrary.XGBoosterCreate(
                train is null ? null : [train.Handle.DangerousGetHandle()], train is null ? 0ul : 1ul, out var handle)
                .OrThrow("create booster");
            Handle = handle;
        }
        finally
        {
            if (added) { train!.Handle.DangerousRelease(); }
        }
    }

    private Booster(BoosterHandle handle) => Handle = handle;

    internal BoosterHandle Handle { get; }

    /// <summary>Trees' rounds boosted so far.</summary>
    public int RoundCount
    {
        get
        {
            XGBoostLibrary.XGBoosterBoostedRounds(Handle, out var rounds).OrThrow("count rounds");
            return rounds;
        }
    }

    public int FeatureCount
    {
        get
        {
            XGBoostLibrary.XGBoosterGetNumFeature(Handle, out var count).OrThrow("count features");
            return checked((int)count);
        }
    }

    /// <summary>Version of the loaded library, e.g. 1.7.4.</summary>
    public static Version LibraryVersion
    {
        get
        {
            XGBoostLibrary.XGBoostVersion(out var major, out var minor, out var patch);
            return new Version(major, minor, patch);
        }
    }

    /// <summary>Sets a training parameter by the library's name for it; a wrong value is reported at the first update.</summary>
    public void SetParameter(string name, string value) =>
        XGBoostLibrary.XGBoosterSetParam(Handle, name, value).OrThrow($"set {name} to {value}");

    /// <summary>Boosts one round on the matrix given at the start.</summary>
    /// <param name="round">0, 1, 2, …</param>
    public void Update(int round)
    {
        var train = _train ?? throw new InvalidOperationException("xgboost: update: this booster was made without a training matrix");
        XGBoostLibrary.XGBoosterUpdateOneIter(Handle, round, train.Handle).OrThrow($"boost round {round}");
    }

    /// <summary>Boosts one round on the matrix given at the start, by derivatives of a loss of the caller's own.</summary>
    /// <param name="gradients">First derivatives by each row's margin, [RowCount].</param>
    /// <param name="hessians">Second ones, 0 or more, [RowCount].</param>
    public unsafe void Update(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians)
    {
        var train = _train ?? throw new InvalidOperationException("xgboost: update: this booster was made without a training matrix");
        if (gradients.Length != train.RowCount || hessians.Length != train.RowCount)
        {
            throw new ArgumentException(
                $"{gradients.Length:N0} gradients and {hessians.Length:N0} hessians for {train.RowCount:N0} rows", nameof(gradients));
        }
        fixed (float* first = gradients, second = hessians)
        {
            XGBoostLibrary.XGBoosterBoostOneIter(Handle, train.Handle, first, second, (ulong)gradients.Length)
                .OrThrow("boost a round by derivatives");
        }
    }

    /// <summary>Margins (log-odds, or the value) in float32. Asked again for the same matrix after more rounds, only the new trees
    /// are added.</summary>
    /// <param name="margins">[matrix.RowCount].</param>
    public void PredictMargins(DMatrix matrix, Span<float> margins) => Predict(matrix, Margins, "predict margins", margins);

    /// <summary>The library's own exact path-dependent TreeSHAP in float32: an oracle for tests.</summary>
    /// <param name="contributions">[matrix.RowCount, columns + 1]; the last column is the base value.</param>
    public void PredictContributions(DMatrix matrix, Span<float> contributions) =>
        Predict(matrix, Contributions, "predict contributions", contributions);

    /// <summary>In which leaf of one tree each row ends, as the number of the node in the library's own order.</summary>
    /// <param name="tree">0, 1, 2, …, below <see cref="RoundCount"/>.</param> <param name="leaves">[matrix.RowCount], whole numbers.</param>
    public void PredictLeaves(DMatrix matrix, int tree, Span<float> leaves)
    {
        // the library tells leaves of all trees at once or of a slice, and all at once would grow with the square of the trees
        XGBoostLibrary.XGBoosterSlice(Handle, tree, tree + 1, 1, out var handle).OrThrow($"slice tree {tree}");
        using var slice = new Booster(handle);
        slice.Predict(matrix, LeavesOfTrees, "predict leaves", leaves);
    }

    /// <summary>The whole model as the library's JSON, UTF-8.</summary>
    public unsafe byte[] SaveJson()
    {
        XGBoostLibrary.XGBoosterSaveModelToBuffer(Handle, """{"format":"json"}""", out var length, out var bytes)
            .OrThrow("save model");
        return new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
    }

    /// <param name="model">The library's JSON, UTF-8.</param> <exception cref="NativeException">It is no model.</exception>
    public unsafe void Load(ReadOnlySpan<byte> model)
    {
        fixed (byte* first = model)
        {
            XGBoostLibrary.XGBoosterLoadModelFromBuffer(Handle, first, (ulong)model.Length).OrThrow("load model");
        }
    }

    public void Dispose() => Handle.Dispose();

    private unsafe void Predict(DMatrix matrix, string config, string operation, Span<float> destination)
    {
        XGBoostLibrary.XGBoosterPredictFromDMatrix(Handle, matrix.Handle, config, out var shape, out var dimensions, out var result)
            .OrThrow(operation);
        var count = 1ul;
        for (var i = 0ul; i < dimensions; i++) { count *= shape[i]; }
        if ((ulong)destination.Length != count)
        {
            throw new ArgumentException($"room for {destination.Length:N0} values, the library has {count:N0}", nameof(destination));
        }
        new ReadOnlySpan<float>(result, destination.Length).CopyTo(destination);
    }
}
