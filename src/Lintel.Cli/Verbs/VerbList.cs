using System.CommandLine;

namespace Lintel.Cli.Verbs;

/// <summary>Every verb, in the order of a system's life.</summary>
internal static class VerbList
{
    public static IEnumerable<Command> All() =>
    [
        UpVerb.Command(),
        ReviewVerb.Command(),
        TrainVerb.Command(),
        EvaluateVerb.Command(),
        RecalibrateVerb.Command(),
        TradeoffsVerb.Command(),
        SamplingVerb.Command(),
        VerifyVerb.Command(),
        LoadVerb.Command(),
        PromoteVerb.Command(),
        RollbackVerb.Command(),
        ServeVerb.Command(),
        BatchVerb.Command(),
        ImportVerb.Command(),
        ExportVerb.Command(),
        ListsVerb.Command(),
        FeaturesVerb.Command(),
        CompactVerb.Command(),
        ReplayVerb.Command(),
        MonitorVerb.Command(),
        ExplainVerb.Command(),
        ReviewsVerb.Command(),
        SchemaVerb.Command(),
        DoctorVerb.Command(),
    ];
}
