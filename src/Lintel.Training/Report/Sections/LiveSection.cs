using System.Text.Json;

namespace Lintel.Training.Report.Sections;

/// <summary>The form that asks the live engine: works only where the page comes from the server, and says so elsewhere.</summary>
internal static class LiveSection
{
    public static void Write(HtmlWriter html, DecisionForm form, int version)
    {
        html.Add($"""<section id="try"><h2>Try it</h2><p class="lead">Sends one <b>{form.Event}</b> to the engine that serves this page. {(form.Items is { } items ? $"It is answered with a page of '{items}', logged," : "It is decided, logged,")} and counts in the features of the next one.</p>""");
        html.Add($"""<p class="offline" id="offline">This copy of the page is a file. Run <code>lintel serve</code> and open the page there to use the form.</p>""");
        html.Add($"""<form id="decide" autocomplete="off"><fieldset disabled>""");
        foreach (var field in form.Fields) { Field(html, field); }
        html.Add($"""<div class="go"><button type="submit">{(form.Items is null ? "Decide" : "Make the page")}</button><span class="hint" id="state" role="status"></span></div></fieldset></form>""");
        html.Add($"""<div id="answer" hidden></div>""");
        // the serializer writes <, > and & as \u escapes, so that nothing can end the element
        var data = JsonSerializer.Serialize(new { form.Event, form.IdName, form.Fields, form.Outcomes, form.Items, version }, JsonSerializerOptions.Web);
        html.Add($"""<script type="application/json" id="form-data">{new Markup(data)}</script></section>""");
    }

    private static void Field(HtmlWriter html, FormField field)
    {
        html.Add($"""<label><span>{field.Name}</span>""");
        if (field.Type == "bool")
        {
            html.Add($"""<select name="{field.Name}" data-type="bool"><option{Selected(field, "false")}>false</option><option{Selected(field, "true")}>true</option></select>""");
        }
        else if (field.Type == "number")
        {
            html.Add($"""<input name="{field.Name}" data-type="number" type="number" step="any" required value="{field.Example}">""");
        }
        else
        {
            html.Add($"""<input name="{field.Name}" data-type="{field.Type}" type="text" required value="{field.Example}">""");
        }
        html.Add($"</label>");
    }

    private static Markup Selected(FormField field, string value) => new(field.Example == value ? " selected" : "");
}
