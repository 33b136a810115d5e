using Lintel.Cli.Verbs;

namespace Lintel.Cli.Tests.Shell;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("dcotor")]
    [InlineData("doctor", "--prot", "1")]
    [InlineData("doctor", "--port", "eighty")]
    [InlineData("doctor", "--port", "70000")]
    [InlineData("up", "fraud", "--days", "0", "--workspace", "nowhere")]
    [InlineData("promote", "1", "--override", "")]
    [InlineData("promote", "one")]
    [InlineData("train")]
    [InlineData("reviews", "fraud", "previous")]
    [InlineData("reviews", "fraud", "next", "--verdict", "maybe")]
    [InlineData("reviews", "fraud", "--url", "nowhere")]
    [InlineData("reviews", "fraud", "--url", "http://127.0.0.1:1")]
    public async Task Wrong_use_exits_with_2(params string[] args) => (await Program.Main(args)).ShouldBe(2);

    [Fact]
    public async Task Help_exits_with_0() => (await Program.Main(["--help"])).ShouldBe(0);

    [Fact]
    public void Every_verb_takes_the_common_options_and_says_what_it_does()
    {
        foreach (var verb in VerbList.All())
        {
            verb.Description.ShouldNotBeNullOrWhiteSpace(verb.Name);
            verb.Action.ShouldNotBeNull(verb.Name);
            string[] required =
            [
                .. verb.Arguments.Where(static a => a.Arity.MinimumNumberOfValues > 0)
                    .Select(static a => a.ValueType == typeof(DateOnly) ? "2026-03-14" : "1"),
            ];
            Program.Root().Parse([verb.Name, .. required, "--json", "--workspace", "w", "--data", "d"]).Errors.ShouldBeEmpty(verb.Name);
        }
    }
}
