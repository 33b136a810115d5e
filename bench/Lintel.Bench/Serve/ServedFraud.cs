using System.Text;
using Lintel.Decisions;
using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;

namespace Lintel.Bench.Serve;

/// <summary>The fraud system as it serves: its own design, windows warmed up by payments of 40 days, its models fitted
/// on them. The labels are made up; what a request costs does not depend on them.</summary>
internal static class ServedFraud
{
    internal const int Cards = 5_000;
    internal const int Terminals = 10_000;
    private const int Payments = 60_000;
    private const long Day = 86_400_000_000;


    internal static (SystemVersion Version, LiveState State) Make(string designPath, DateTimeOffset now)
    {
        var design = DesignFile.Load(designPath, KnownKinds.All);
        var compiled = CompiledDesign.Compile(design, new CodeDictionaries());
        var state = LiveState.Empty(compiled, InstantOrder.ByPlace);
        var (features, labels) = WarmUp(state, now.ToUnixTimeMilliseconds() * 1_000);
        var graph = new ScoringGraph([.. Fit(design, compiled, features, labels)]);
        var margins = graph.ScoreRows(features, compiled.Plan.FeatureCount)[^1];
        Array.Sort(margins);
        // rules that act as often as the design's: one in a thousand, one in three hundred
        var thresholds = ThresholdMargins.Of(compiled.Plan.Thresholds.Select((_, i) => margins[^(i == 0 ? 60 : 200)]));
        return (new(1, compiled, graph, thresholds, null), state);
    }

    private static (float[] Features, float[] Labels) WarmUp(LiveState state, long now)
    {
        var plan = state.Compiled.Plan;
        var shapes = new RecordShapes(state.Compiled.Design);
        var request = new LiveRequest();
        var random = new RandomStream(1);
        var registers = new double[plan.RegisterCount];
        var features = new float[Payments * plan.FeatureCount];
        var labels = new float[Payments];
        var verdicts = 0;
        for (var i = 0; i < Payments; i++)
        {
            var known = now - (40 * Day) + (long)(i * (40.0 * Day / Payments));
            var amount = Math.Round(20 * Math.Exp(random.NextNormal()), 2);
            Take($$"""{"id":"w{{i}}","card":"{{random.NextInt32(Cards)}}","terminal":"{{random.NextInt32(Terminals)}}","amount":{{amount}}}""", known);
            for (var f = 0; f < plan.FeatureCount; f++)
            {
                features[(i * plan.FeatureCount) + f] = (float)registers[plan.FeatureStart + f];
            }
            labels[i] = random.NextDouble() < 0.01 + (amount > 150 ? 0.5 : 0) ? 1 : 0;
            if (i - verdicts < Payments * 7 / 40) { continue; }
            Take($$"""{"event":"verdict","about":"w{{verdicts}}","fraud":{{(labels[verdicts] == 1 ? "true" : "false")}},"kind":null}""", known);
            verdicts++;
        }
        return (features, labels);

        void Take(string json, long known)
        {
            request.Clear();
            RecordParser.Read(Encoding.UTF8.GetBytes(json), shapes, shapes.Decided, 1, request);
            if (request.Faults.Count > 0) { throw new RequestException([.. request.Faults]); }
            state.Accept(request[0].Record, known, registers);
        }
    }

    private static List<ScoringNode> Fit(SystemDesign design, CompiledDesign compiled, float[] features, float[] labels)
    {
        var names = compiled.Plan.FeatureNames;
        var context = new FitContext(1, 1, null, CancellationToken.None);
        var nodes = new List<ScoringNode>();
        foreach (var model in design.Models)
        {
            int[] columns = [.. model.Uses.Select(u => names.IndexOf(u))];
            int[] inputs = [.. model.Of.Select(of => nodes.FindIndex(n => n.Name == of))];
            IModel? fitted = null;
            ICombiner? combiner = null;
            if (inputs.Length == 0)
            {
                var rows = new float[labels.Length * columns.Length];
                ScoringGraph.Gather(features, names.Length, columns, rows);
                fitted = ModelKinds.Trainers.Single(t => t.Kind.Name == model.Kind)
                    .Fit(model.Parameters, new() { Features = rows, FeatureCount = columns.Length, Labels = labels },
                        context);
            }
            else
            {
                var below = new ScoringGraph([.. nodes]).ScoreRows(features, names.Length);
                var margins = new double[labels.Length * inputs.Length];
                for (var i = 0; i < margins.Length; i++)
                {
                    margins[i] = below[inputs[i % inputs.Length]][i / inputs.Length];
                }
                ScoreScale[] scales = [.. inputs.Select(i => nodes[i].Scale)];
                combiner = ModelKinds.Combiners.Single(t => t.Kind.Name == model.Kind)
                    .Fit(model.Parameters, labels, margins, inputs.Length, scales, context);
            }
            nodes.Add(new(model.Name, model.Kind, fitted, combiner, null, null, [.. columns], [.. inputs]));
            if (model.Calibrate is { } calibrate)
            {
                var margins = new ScoringGraph([.. nodes]).ScoreRows(features, names.Length)[^1];
                var calibrator = ModelKinds.Calibrators.Single(t => t.Kind.Name == calibrate).Fit(margins, labels);
                nodes[^1] = nodes[^1] with { Calibrator = calibrator, CalibratorKind = calibrate };
            }
        }
        return nodes;
    }
}
