using System.Text.Json;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>The form that asks the live engine: works only where the page comes from the server, and says so elsewhere.</summary>
internal static class LiveSection
{
    public static void Write(HtmlWriter html, DecisionForm form, int version)
    {
        html.Add($"""<section id="try"><h2>Try it</h2><p class="lead">Sends {HtmlWriter.Piece(h => Sent(h, form))} to the engine that serves this page. {(form.Items is { } items ? $"It is answered with a page of '{items}', logged," : "It is decided, logged,")} and counts in the features of the next one.</p>""");
        html.Add($"""<p class="offline" id="offline">This copy of the page is a file. Run <code>lintel serve</code> and open the page there to use the form.</p>""");
        html.Add($"""<form id="decide" autocomplete="off"><fieldset disabled>""");
        foreach (var subject in form.Subjects)
        {
            html.Add($"""<h3>{subject.Event}</h3>""");
            foreach (var field in subject.Fields) { Field(html, field, subject.Event + "."); }
        }
        if (form.Subjects.Count > 0) { html.Add($"""<h3>{form.Event}</h3>"""); }
        foreach (var field in form.Fields) { Field(html, field, ""); }
        html.Add($"""<div class="go"><button type="submit">{(form.Items is null ? "Decide" : "Make the page")}</button><span class="hint" id="state" role="status"></span></div></fieldset></form>""");
        html.Add($"""<div id="answer" hidden></div>""");
        // the serializer writes <, > and & as \u escapes, so that nothing can end the element
        var data = JsonSerializer.Serialize(new { form.Event, form.Fields, form.Subjects, form.Outcomes, form.Items, version }, JsonSerializerOptions.Web);
        html.Add($"""<script type="application/json" id="form-data">{new Markup(data)}</script></section>""");
    }

    private static void Sent(HtmlWriter html, DecisionForm form)
    {
        foreach (var subject in form.Subjects) { html.Add($"one <b>{subject.Event}</b>, and about it "); }
        html.Add($"one <b>{form.Event}</b>");
    }

    /// <param name="prefix">Parts an input from those of another event.</param>
    private static void Field(HtmlWriter html, FormField field, string prefix)
    {
        if (field.Same is not null) { return; }
        html.Add($"""<label><span>{field.Name}</span>""");
        var name = prefix + field.Name;
        if (field.Type == "bool")
        {
            html.Add($"""<select name="{name}" data-type="bool"><option{Selected(field, "false")}>false</option><option{Selected(field, "true")}>true</option></select>""");
        }
        else if (field.Type == "number")
        {
            html.Add($"""<input name="{name}" data-type="number" type="number" step="any"{Required(field)} value="{field.Example}">""");
        }
        else
        {
            html.Add($"""<input name="{name}" data-type="{field.Type}" type="text"{Required(field)} value="{field.Example}">""");
        }
        html.Add($"</label>");
    }

    private static Markup Required(FormField field) => new(field.Example.Length > 0 ? " required" : "");

    private static Markup Selected(FormField field, string value) => new(field.Example == value ? " selected" : "");
}
