using Lintel.Decisions;
using Lintel.Decisions.Lists;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;
using Lintel.Training.Ranking;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>A version that exists, run over data again: what it would say of every decision of the test period.</summary>
public sealed class EvaluationRun
{
    private EvaluationRun(
        SystemVersion version, Preparation prepared, Replay? replay, int[] rows, Decision[] decisions, double[] margins)
    {
        Version = version;
        Prepared = prepared;
        Replay = replay;
        Rows = rows;
        Decisions = decisions;
        Margins = margins;
    }

    public SystemVersion Version { get; }

    public Preparation Prepared { get; }

    /// <summary>Null for a ranking, whose rows are candidates.</summary>
    public Replay? Replay { get; }

    /// <summary>Of a ranking: the page of each of <see cref="Rows"/>; null: it gives outcomes.</summary>
    public IReadOnlyList<PageRecord>? Pages { get; private init; }

    /// <summary>Decided rows of the test period, labelled or not, whatever part they are of; of a ranking those known from
    /// <see cref="Preparation.VerifiedFrom"/> on.</summary>
    public int[] Rows { get; }

    /// <summary>By place in <see cref="Rows"/>.</summary>
    public Decision[] Decisions { get; }

    /// <summary>Margin of every model, [place × models].</summary>
    public double[] Margins { get; }

    /// <summary>Reads the version and its data, replays, and decides the test period with what serves.</summary>
    public static EvaluationRun Of(int version, TrainingRequest request, CancellationToken cancellation = default)
    {
        var loaded = SystemVersion.Load(request.Workspace.VersionFolder(version), request.Kinds);
        var prepared = Preparation.OfVersion(loaded.Manifest!, request);
        if (loaded.Retriever is not null) { return Rank(loaded, prepared, request.Progress, cancellation); }
        return Decide(loaded, prepared, Replay.Run(prepared, prepared.ChoosesOrJudges, [], request.Progress, cancellation));
    }

    /// <summary>Makes the pages of a ranking's last requests.</summary>
    public static EvaluationRun Rank(
        SystemVersion version, Preparation prepared, ITrainingProgress progress, CancellationToken cancellation = default)
    {
        var end = prepared.Split.Periods[SplitPart.Test].To;
        HashSet<int> asked = [.. Enumerable.Range(0, prepared.Known.Length)
            .Where(r => prepared.Known[r] >= prepared.VerifiedFrom && prepared.Known[r] < end)];
        var (rows, pages) = (new List<int>(), new List<PageRecord>());
        var draw = new RequestDraw(prepared, version.Manifest!.Seed);
        var stage = new RankingStage("the pages that serving must repeat", 0, null, asked, AtEnd: false);
        RequestPass.Run(prepared, stage, version.Retriever!, (row, in record, request, engine) =>
        {
            version.Rank(request, draw.Of(row));
            var page = new PageRecord();
            request.Record(page);
            rows.Add(row);
            pages.Add(page);
        }, [], progress, cancellation);
        return new(version, prepared, null, [.. rows], [], []) { Pages = pages };
    }

    /// <summary>Decides the test period of a replay.</summary>
    public static EvaluationRun Decide(SystemVersion version, Preparation prepared, Replay replay)
    {
        RangePass.Test(version, prepared, replay);
        var period = prepared.Split.Periods[SplitPart.Test];
        int[] rows = [.. Enumerable.Range(0, prepared.Known.Length).Where(r => prepared.Known[r] >= period.From && prepared.Known[r] < period.To)];
        var decisions = new Decision[rows.Length];
        var models = version.Graph.Nodes.Length;
        var margins = new double[rows.Length * models];
        var scoreStart = prepared.Compiled.Plan.ScoreRegister(version.Graph.Nodes[0].Name);
        var days = Array.ConvertAll(rows, row => CalendarDay.Of(prepared.Known[row], prepared.Design.TimeZone));
        var decided = new DecidedRows
        {
            Count = rows.Length,
            Read = (place, registers) =>
            {
                replay.Registers.Read(rows[place], registers);
                version.Score(registers);
                ListLedger.FillEmpty(prepared.Compiled.Plan, registers);
            },
            Labels = new float[rows.Length],
            Feedback = prepared.Feedback(rows),
            Days = days,
            FirstDay = days.DefaultIfEmpty().Min(),
            DayCount = days.DefaultIfEmpty().Max() - days.DefaultIfEmpty().Min() + 1,
        };
        _ = new PolicySimulation(prepared.Compiled.Policy, prepared.Compiled.Plan, decided).Run(
            version.Thresholds, visit: (place, _, registers) =>
            {
                decisions[place] = version.Decide(registers);
                for (var m = 0; m < models; m++) { margins[(place * models) + m] = registers[scoreStart + (2 * m)]; }
            });
        return new(version, prepared, replay, rows, decisions, margins);
    }
}
