using System.Diagnostics;
using Lintel.Design;
using Lintel.Models;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;

namespace Lintel.Training.Online;

/// <summary>A model of the design, fitted on train and again whenever it is asked for, on what was known by then.</summary>
internal sealed class OnlineModel
{
    private readonly LearningRows _rows;
    private readonly SystemFitter _fitter;
    private readonly object _parameters;
    private readonly int _threads;
    private readonly Dictionary<long, IModel> _refits = [];

    /// <param name="fitter">Of the design and these rows.</param>
    public OnlineModel(ModelDesign design, LearningRows rows, SystemFitter fitter, int threads)
    {
        (Design, _rows, _fitter, _threads) = (design, rows, fitter, threads);
        Columns = fitter.Columns(design);
        Trainer = ModelKinds.Trainers.Single(t => t.Kind.Name == design.Kind);
        _parameters = fitter.Settled(design, rows.Chain);
        var watch = Stopwatch.StartNew();
        (Fitted, Ledger) = fitter.FitOn(design, _parameters, rows.Fitted, 0, threads, null);
        Seconds = watch.Elapsed.TotalSeconds;
    }

    public ModelDesign Design { get; }

    public ITrainer Trainer { get; }

    public int[] Columns { get; }

    /// <summary>Fitted on train.</summary>
    public IModel Fitted { get; }

    public LedgerEntry Ledger { get; }

    /// <summary>That the fit on train took.</summary>
    public double Seconds { get; }

    /// <summary>Size of the fitted model's file.</summary>
    public long Bytes
    {
        get
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            Fitted.Write(writer);
            return stream.Length;
        }
    }

    public double[] Score(IModel model, int[] rows) => _fitter.Score(Design, model, rows);

    /// <summary>The same recipe on every row that was settled before an instant.</summary>
    public IModel RefitBefore(long instant)
    {
        if (_refits.TryGetValue(instant, out var made)) { return made; }
        int[] known = [.. _rows.Fitted.Concat(_rows.Following).Where(r => _rows.Settled[r] < instant)];
        Array.Sort(known, (a, b) => _rows.Examples.Known[a] != _rows.Examples.Known[b]
            ? _rows.Examples.Known[a].CompareTo(_rows.Examples.Known[b]) : a.CompareTo(b));
        return _refits[instant] = _fitter.FitOn(Design, _parameters, known, 0, _threads, null).Model;
    }

    /// <summary>Models of features that learn the first label and do not only rank; the others have no probability to compare.</summary>
    public static bool Takes(SystemDesign design, ModelDesign model)
    {
        if (!model.Of.IsEmpty || ModelKinds.Trainers.FirstOrDefault(t => t.Kind.Name == model.Kind) is not { } trainer) { return false; }
        var first = design.Decision.Ranking?.Labels[0].Name;
        return (model.Label ?? first) == first && !trainer.Ranks(model.Parameters);
    }
}
