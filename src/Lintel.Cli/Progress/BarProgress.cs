using Lintel.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Lintel.Cli.Progress;

/// <summary>One bar for each stage.</summary>
internal sealed class BarProgress(ProgressContext context, IAnsiConsole console) : ITrainingProgress
{
    private const int NameWidth = 16;

    private ProgressTask? _bar;
    private string _name = "";

    public void Stage(string name)
    {
        End();
        _name = name;
        _bar = context.AddTask(Described(name, null), maxValue: 1);
    }

    public void Report(double share, string? note)
    {
        if (_bar is not { } bar) { return; }
        bar.Value = Math.Clamp(share, 0, 1);
        if (note is not null) { bar.Description = Described(_name, note); }
    }

    public void Note(string line) => console.WriteLine(line);

    /// <summary>The last stage is done.</summary>
    public void End()
    {
        if (_bar is not { } bar) { return; }
        bar.Value = 1;
        bar.StopTask();
        _bar = null;
    }

    /// <summary>The stage ended in a fault: its bar stays where it was.</summary>
    public void Break() => _bar?.StopTask();

    private static string Described(string name, string? note) =>
        $"{Markup.Escape(name.PadRight(NameWidth))} [grey]{Markup.Escape((note ?? "").PadRight(18))}[/]";
}

/// <summary>Seconds since the stage began, with one decimal.</summary>
internal sealed class ElapsedSecondsColumn : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text($"{task.ElapsedTime?.TotalSeconds ?? 0,6:0.0} s", new Style(Color.Grey)).RightJustified();

    public override int? GetColumnWidth(RenderOptions options) => 8;
}
