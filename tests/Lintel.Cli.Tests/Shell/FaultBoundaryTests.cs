using System.Text.Json;
using Lintel.Cli.Shell;
using Lintel.Design.Diagnostics;
using Lintel.Native;

namespace Lintel.Cli.Tests.Shell;

public sealed class FaultBoundaryTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    public static TheoryData<Exception, int, string> Faults() => new()
    {
        { new UsageException("there is no system 'x'"), 2, "error: there is no system 'x'" },
        { new InvalidDataException("model file is cut short"), 2, "error: model file is cut short" },
        { new FileNotFoundException("no payments/*.parquet"), 2, "error: no payments/*.parquet" },
        { new UnauthorizedAccessException("may not write"), 2, "error: may not write" },
        { new NativeException("xgboost", "load", "run `apt-get install libxgboost0`"), 2, "apt-get install libxgboost0" },
        { new NativeException("xgboost", "train", "bad"), 3, "internal fault: xgboost: train: bad" },
        { new InvalidOperationException("broken [inside]"), 3, "internal fault: broken [inside]" },
        { new OperationCanceledException(), 130, "stopped" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_becomes_a_message_and_an_exit_code(Exception fault, int code, string message)
    {
        ((int)await FaultBoundary.Run(Terminal(json: false), () => throw fault)).ShouldBe(code);
        _error.ToString().ShouldContain(message);
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Fault_with_json_is_one_object_on_standard_output()
    {
        (await FaultBoundary.Run(Terminal(json: true), static () => throw new UsageException("no"))).ShouldBe(ExitCode.BadInput);
        JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("error").GetString().ShouldBe("no");
    }

    [Fact]
    public async Task Design_faults_are_all_shown_and_counted()
    {
        var fault = new DesignException(
        [
            new("LT0101", Severity.Error, new("no-such.yaml", 3, 1), "unknown key 'gole'", Fix: "write 'goal'"),
            new("LT0102", Severity.Warning, new("no-such.yaml", 4, 1), "odd"),
        ]);
        (await FaultBoundary.Run(Terminal(json: true), () => throw fault)).ShouldBe(ExitCode.BadInput);
        _error.ToString().ShouldContain("no-such.yaml:3:1 error LT0101: unknown key 'gole'");
        _error.ToString().ShouldContain("fix: write 'goal'");
        var root = JsonDocument.Parse(_output.ToString()).RootElement;
        root.GetProperty("error").GetString().ShouldBe("1 fault in the design");
        root.GetProperty("findings").GetArrayLength().ShouldBe(2);
        root.GetProperty("findings")[0].GetProperty("severity").GetString().ShouldBe("error");
    }

    [Fact]
    public void A_verb_prints_one_object_only()
    {
        var terminal = Terminal(json: true);
        terminal.WriteJson(new { done = true });
        Should.Throw<InvalidOperationException>(() => terminal.WriteJson(new { done = true }));
        terminal.Out.Write(new Spectre.Console.Text("for people"));
        terminal.WriteVerbatim("for people");
        JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("done").GetBoolean().ShouldBeTrue();
    }

    private Terminal Terminal(bool json) => new(_output, _error, json, false, false, 200, TimeProvider.System);
}
