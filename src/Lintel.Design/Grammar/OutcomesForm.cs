using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar;

/// <summary><c>outcomes:</c> a list of names, whose roles are read off them, or a map that says each role.</summary>
internal sealed class OutcomesForm : Form<ImmutableArray<OutcomesForm.Entry>>
{
    /// <param name="Role">Null: read off the name.</param>
    public sealed record Entry(LocatedText Name, OutcomeRole? Role, double Stops);

    private static readonly (string Word, OutcomeRole Role)[] Roles =
    [
        ("pass", OutcomeRole.Passed), ("challenge", OutcomeRole.Challenged), ("review", OutcomeRole.Reviewed),
        ("refuse", OutcomeRole.Refused),
    ];

    private static readonly ListForm<LocatedText> Names = new(new TextForm("an outcome, such as allow"));

    private static readonly ChoiceForm RoleForm = new([.. Roles.Select(static r => r.Word)]);

    private static readonly Key<double> Stops = new("stops", new ShareForm(0, 1),
        "Share of the positives that the challenge stops.", Required: true);

    private static readonly Section Challenge =
        new("a challenge", "A test that most positives do not pass, such as a second factor.", Stops);

    public override string Expected =>
        "a list such as [allow, review, block], or a map of roles such as { allow: pass, challenge: { stops: 90% }, "
        + "review: review, block: refuse }";

    public override IEnumerable<Section> Sections => [Challenge];

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            Names.Schema(),
            new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject
                {
                    ["oneOf"] = new JsonArray(RoleForm.Schema(), Challenge.Schema()),
                },
                ["minProperties"] = 1,
            }),
    };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, out ImmutableArray<Entry> value)
    {
        value = [];
        if (node is YamlNode.List)
        {
            if (!Names.TryRead(node, diagnostics, out ImmutableArray<LocatedText> names)) { return false; }
            value = [.. names.Select(static n => new Entry(n, null, 0))];
            return true;
        }
        if (node is not YamlNode.Map map || map.Entries.Count == 0) { return Fail(node, diagnostics, out value); }
        var entries = ImmutableArray.CreateBuilder<Entry>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            if (ReadRole(entry.Value, diagnostics) is var (role, stops)) { entries.Add(new(entry.Key.Located, role, stops)); }
        }
        value = entries.ToImmutable();
        return entries.Count == map.Entries.Count;
    }

    private static (OutcomeRole Role, double Stops)? ReadRole(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlNode.Map)
        {
            return Challenge.TryRead(node, diagnostics, out SectionValues? values) && values.TryGet(Stops, out var stops)
                ? (OutcomeRole.Challenged, stops)
                : null;
        }
        if (!RoleForm.TryRead(node, diagnostics, out string? word)) { return null; }
        var role = Array.Find(Roles, r => r.Word == word).Role;
        return (role, role == OutcomeRole.Challenged ? 1 : 0);
    }
}
