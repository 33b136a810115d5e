using Lintel.Pipeline.Versions;
using Lintel.Training.Promotion;

namespace Lintel.Training.Tests.Promotion;

public sealed class PromoterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-promote-").FullName;

    private Workspace Workspace => new(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_version_whose_claims_hold_goes_live_and_the_one_before_it_can_come_back()
    {
        Write(Sound(1));
        Write(Sound(2));

        Promoter.Promote(Workspace, 1, "ann", null, TimeProvider.System).Promoted.ShouldBeTrue();
        Promoter.Promote(Workspace, 2, "ann", null, TimeProvider.System).Promoted.ShouldBeTrue();
        LiveReference.Read(Workspace)!.Champion.ShouldBe(2);

        Promoter.Rollback(Workspace, "bob", TimeProvider.System).Version.ShouldBe(1);
        var live = LiveReference.Read(Workspace)!;
        live.Champion.ShouldBe(1);
        live.Reason.ShouldBe("rollback from version 2");
        Promoter.Rollback(Workspace, "bob", TimeProvider.System).Reasons.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_broken_gate_refuses_and_nothing_moves()
    {
        Write(Sound(1) with
        {
            Gates = [new("average-precision >= 0.6", "0.41 [0.38, 0.45]", false, Verdict.Broken, 0.41, [0.38, 0.45])],
        });

        var result = Promoter.Promote(Workspace, 1, "ann", null, TimeProvider.System);

        result.Promoted.ShouldBeFalse();
        result.Reasons.ShouldHaveSingleItem().ShouldBe("gate 'average-precision >= 0.6' is broken: 0.41 [0.38, 0.45]");
        LiveReference.Read(Workspace).ShouldBeNull();
    }

    [Fact]
    public void What_is_undecided_does_not_block()
    {
        Write(Sound(1) with
        {
            Gates = [new("auc >= 0.9", "0.9 [0.88, 0.92]", null, Verdict.Undecided, 0.9, [0.88, 0.92])],
        });

        Promoter.Promote(Workspace, 1, "ann", null, TimeProvider.System).Promoted.ShouldBeTrue();
    }

    [Fact]
    public void Skew_or_no_certificate_refuses()
    {
        Promoter.Reasons(Sound(1) with { Skew = null }).ShouldHaveSingleItem().ShouldContain("lintel verify 1");
        Promoter.Reasons(Sound(1) with { Skew = Certificate(mismatches: 3) })
            .ShouldHaveSingleItem().ShouldContain("3 of 1,000 decisions");
    }

    [Fact]
    public void An_override_stays_on_record()
    {
        Write(Sound(1) with { Skew = null });

        var result = Promoter.Promote(Workspace, 1, "ann", "the audit has seen it", TimeProvider.System);

        result.Promoted.ShouldBeTrue();
        result.Reasons.ShouldNotBeEmpty();
        LiveReference.Read(Workspace)!.Override.ShouldBe("the audit has seen it");
    }

    [Fact]
    public void An_override_without_words_is_none()
    {
        Write(Sound(1) with { Skew = null });

        Promoter.Promote(Workspace, 1, "ann", "  ", TimeProvider.System).Promoted.ShouldBeFalse();
    }

    [Fact]
    public void A_live_reference_that_cannot_be_read_says_what_to_do()
    {
        Directory.CreateDirectory(Workspace.Root);
        File.WriteAllText(Workspace.LivePath, "{ cut");

        Should.Throw<InvalidDataException>(() => LiveReference.Read(Workspace)).Message.ShouldContain("promote a version again");
    }

    private void Write(VersionManifest manifest)
    {
        var folder = Workspace.VersionFolder(manifest.Version);
        Directory.CreateDirectory(folder);
        VersionParts.WriteManifest(folder, manifest);
    }

    private static SkewCertificate Certificate(int mismatches) => new(
        DateTimeOffset.UnixEpoch, "lintel verify 1", "2024-01-01T00:00:00Z", "2024-01-08T00:00:00Z", 1_000, mismatches,
        mismatches, 0, 0, mismatches == 0 ? null : "feature amount of payment 7", "00");

    private static VersionManifest Sound(int version) => new()
    {
        Version = version,
        System = "fraud",
        Goal = "test",
        Created = DateTimeOffset.UnixEpoch,
        Command = "lintel train fraud",
        LintelVersion = "0.1.0",
        DesignHash = "d",
        DataFingerprint = "f",
        Seed = 1,
        Split = new("a", "b", null, null, "c", "d", "7d", "time"),
        Rows = new(1, 0, 1),
        Metrics = [],
        Files = [],
        Skew = Certificate(mismatches: 0),
    };
}
