using System.Collections.Immutable;
using Lintel.Decisions;
using Lintel.Design;
using Lintel.Events;
using Lintel.Features;

namespace Lintel.Pipeline;

/// <summary>A design made executable: one plan of features, the policy, and every expression that judging needs, over one file
/// of registers. Training, evaluation, batch and serving all run this.</summary>
public sealed class CompiledDesign
{
    private CompiledDesign(SystemDesign design, CodeDictionaries dictionaries)
    {
        Design = design;
        Dictionaries = dictionaries;
        var builder = new FeaturePlanBuilder(design, dictionaries);
        Policy = PolicyProgram.Compile(design, builder);
        Costs = [.. design.Requirements.Costs.Select(c => new NamedProgram(c.Name, builder.Add(c.Value)))];
        Slices = [.. design.Evaluate.Slices.Select(s => new NamedProgram(s.Name, builder.Add(s.Condition)))];
        Baselines = [.. design.Evaluate.Baselines.Select(b =>
            new NamedProgram(b.Name, b.Value is null ? null : builder.Add(b.Value)))];
        ReviewPriority = design.Reviews?.Priority is { } priority ? builder.Add(priority) : null;
        Where = design.Evaluate.Where is { } where ? builder.Add(where) : null;
        Plan = builder.Build();
    }

    public SystemDesign Design { get; }

    /// <summary>Codes that the plan's constants and every state of it are written in.</summary>
    public CodeDictionaries Dictionaries { get; }

    public FeaturePlan Plan { get; }

    public PolicyProgram Policy { get; }

    public ImmutableArray<NamedProgram> Costs { get; }

    public ImmutableArray<NamedProgram> Slices { get; }

    /// <summary>Trivial competitors; without a program: <c>random</c> and <c>prior</c>, which need no row.</summary>
    public ImmutableArray<NamedProgram> Baselines { get; }

    /// <summary>Who is reviewed first; null: the design leaves it to the default.</summary>
    public ExpressionProgram? ReviewPriority { get; }

    /// <summary>Decisions that are judged; null: all.</summary>
    public ExpressionProgram? Where { get; }

    /// <summary>Compiles against the dictionaries that files or a version brought; constants may add codes to them.</summary>
    public static CompiledDesign Compile(SystemDesign design, CodeDictionaries dictionaries) => new(design, dictionaries);
}

public sealed record NamedProgram(string Name, ExpressionProgram? Program);
