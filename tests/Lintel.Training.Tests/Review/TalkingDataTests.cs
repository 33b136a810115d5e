using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Review;

namespace Lintel.Training.Tests.Review;

/// <summary>Real clicks with a field that the outcome filled in: <c>systems/ad-click/talkingdata.yaml</c> on the file that it names.</summary>
public sealed class TalkingDataTests
{
    private const string Data = "shared/data/ads/talkingdata_100k";
    private const string Leak = "      attributed_at: text from attributed_time\n";

    private static readonly KindRegistry Kinds = new([.. ModelKinds.Kinds, .. MetricKinds.Kinds]);

    [SharedFact(Data)]
    public void Review_finds_the_field_that_the_outcome_filled_in_and_nothing_else_blocks()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-talkingdata-").FullName;
        try
        {
            var text = File.ReadAllText(SharedFactAttribute.Find("systems/ad-click/talkingdata.yaml")!);
            text.ShouldContain(Leak);
            var leaking = Request(folder, "leaking", text);
            var design = DesignFile.Load(leaking.DesignPath, Kinds);
            var blocking = Reviewer.Review(design, Preparation.Read(design, leaking).Evidence()).Where(Reviewer.Blocks).ShouldHaveSingleItem();
            (blocking.Code, blocking.Severity).ShouldBe(("LT0452", "error"));
            blocking.Message.ShouldBe("whether 'attributed_at' is missing depends on the label");
            blocking.Evidence.ShouldBe("missing in 0 % of positives and 100 % of negatives");
            Should.Throw<ReviewBlockedException>(() => TrainingRun.Run(leaking));

            var honest = Request(folder, "honest", text.Replace(Leak, "", StringComparison.Ordinal));
            design = DesignFile.Load(honest.DesignPath, Kinds);
            Reviewer.Review(design, Preparation.Read(design, honest).Evidence()).Where(Reviewer.Blocks).ShouldBeEmpty();
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static TrainingRequest Request(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name + ".yaml");
        File.WriteAllText(path, text);
        return new()
        {
            DesignPath = path,
            DataFolder = SharedFactAttribute.Find(Data)!,
            Workspace = new(Path.Combine(folder, name)),
            Kinds = Kinds,
            Command = "test",
            Clock = TimeProvider.System,
            Threads = 1,
        };
    }
}
