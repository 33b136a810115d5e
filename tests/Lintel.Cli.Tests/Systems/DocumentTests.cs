using System.Text.RegularExpressions;
using Lintel.Cli.Tests.House;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Events;
using Lintel.Features.Tests;
using Lintel.Pipeline;
using Lintel.Training.Review;

namespace Lintel.Cli.Tests.Systems;

/// <summary>What people copy from the documents works: every design loads and compiles, every command is one that the program takes.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Designs() =>
        [.. Checkout.Files("systems", ".yaml").Select(Checkout.Relative)];

    public static TheoryData<string> Pages() =>
    [
        .. Checkout.Files("docs", ".md").Concat(Checkout.Files("systems", ".md")).Append(Checkout.PathOf("README.md"))
            .Select(Checkout.Relative),
    ];

    [Theory]
    [MemberData(nameof(Designs))]
    public void A_reference_design_loads_and_compiles(string path)
    {
        var design = DesignFile.Load(Checkout.PathOf(path), Composition.Kinds);

        var dictionaries = new CodeDictionaries();
        var compiled = CompiledDesign.Compile(design, dictionaries, new RandomHistory(design, seed: 1).Catalogues(dictionaries));

        compiled.Plan.FeatureNames.Length.ShouldBe(design.Features.Length);
        (compiled.Page?.StepCount ?? compiled.Policy.Promise?.StepCount ?? compiled.Policy.Rules.Count).ShouldBe(design.Policy.Length);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_design_in_a_page_loads(string page)
    {
        foreach (var block in Blocks(page, "yaml").Where(static b => b.StartsWith("lintel: 1", StringComparison.Ordinal)))
        {
            var diagnostics = new DiagnosticBag();
            _ = DesignFile.Parse(page, block, Composition.Kinds, diagnostics);
            diagnostics.HasErrors.ShouldBeFalse(string.Join('\n', diagnostics.All));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_command_in_a_page_is_one_that_the_program_takes(string page)
    {
        foreach (var line in Blocks(page, "sh").SelectMany(static b => b.Split('\n')).Select(static l => l.Split(" #")[0].Trim()))
        {
            if (line.StartsWith("./lintel ", StringComparison.Ordinal))
            {
                var parse = Lintel.Cli.Program.Root().Parse(line["./lintel ".Length..]);
                parse.Errors.Select(static e => e.Message).ShouldBeEmpty($"{page}: {line}");
            }
            else if (line.StartsWith("./", StringComparison.Ordinal) || line.StartsWith("bench/", StringComparison.Ordinal))
            {
                File.Exists(Checkout.PathOf(line.Split(' ')[0])).ShouldBeTrue($"{page}: {line}");
            }
        }
    }

    [Fact]
    public void The_readme_counts_the_rules_of_the_review() =>
        File.ReadAllText(Checkout.PathOf("README.md")).ShouldContain($"{ReviewRules.All.Count} rules");

    [Fact]
    public void The_readme_leads_to_every_reference_and_system()
    {
        var readme = File.ReadAllText(Checkout.PathOf("README.md"));
        foreach (var page in Checkout.Files("docs/reference", ".md").Concat(Checkout.Files("systems", ".md")).Select(Checkout.Relative))
        {
            readme.ShouldContain($"({page})");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_in_a_page_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Checkout.PathOf(page))!;
        foreach (Match link in Link().Matches(File.ReadAllText(Checkout.PathOf(page))))
        {
            var target = link.Groups[1].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal)) { continue; }
            Path.Exists(Path.Combine(folder, target)).ShouldBeTrue($"{page}: {link.Groups[1].Value}");
        }
    }

    private static IEnumerable<string> Blocks(string page, string language) =>
        Fence().Matches(File.ReadAllText(Checkout.PathOf(page)))
            .Where(m => m.Groups[1].Value == language)
            .Select(static m => m.Groups[2].Value);

    [GeneratedRegex("^```(\\w*)\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();
}
