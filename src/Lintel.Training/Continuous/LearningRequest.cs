using Lintel.Design.Kinds;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Continuous;

/// <summary>Where a run learns, by whose clock, and who is told.</summary>
public sealed record LearningRequest
{
    /// <summary>Holds versions, the live reference, and what was learned.</summary>
    public required Workspace Workspace { get; init; }

    public required KindRegistry Kinds { get; init; }

    /// <summary>The log that a service writes.</summary>
    public required string LogFolder { get; init; }

    /// <summary>As the service has them: how records are ordered, how long they can be named, and the clock that publications go by.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>Told, in a line each, what an operator should look at.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Told, in a line each, what was published.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Told behind each record, and behind each block that is read or written; may wait or throw to stop.</summary>
    public Action? Pace { get; init; }
}

/// <summary>How learning stands; immutable, so that requests may read it while it goes on.</summary>
public sealed record LearningStatus
{
    /// <summary>False: the live version's design does not learn on the stream.</summary>
    public bool IsOn { get; init; }

    /// <summary>The trained version that learning began with.</summary>
    public int Root { get; init; }

    /// <summary>Place of the log up to which its records were seen.</summary>
    public long Place { get; init; }

    /// <summary>Labelled rows learned since the root: decisions, or the items that a ranking showed.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that wait for their label.</summary>
    public int Waiting { get; init; }

    /// <summary>Of a ranking: pages of which an item was not shown yet.</summary>
    public int Pages { get; init; }

    /// <summary>Labels that name no accepted record, and those that came late or twice; of a ranking, also what was shown and stood on no
    /// page that is remembered, or was shown before.</summary>
    public long Unheard { get; init; }

    /// <summary>Since the start of the process: versions published, those that gates kept back, and times that learning went back.</summary>
    public int Published { get; init; }

    public int Blocked { get; init; }

    public int RolledBack { get; init; }

    public ProgressiveFigures Hour { get; init; } = new(0, 0, null, null, null, null);

    public ProgressiveFigures Day { get; init; } = new(0, 0, null, null, null, null);

    /// <summary>What happened last, in a line; empty: nothing yet.</summary>
    public string Last { get; init; } = "";
}
