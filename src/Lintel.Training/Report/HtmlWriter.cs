using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lintel.Training.Report;

/// <summary>Text that is HTML already; only the page's own code makes it.</summary>
internal readonly record struct Markup(string Html);

/// <summary>Writes HTML from interpolated strings: what stands in a hole is escaped for text and quoted attributes alike, unless
/// it is <see cref="Markup"/>. Names from a design can thus hold anything.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    public void Add([InterpolatedStringHandlerArgument("")] ref Handler html) => _ = html;

    /// <summary>Writes text, escaped.</summary>
    public void Text(string? text) => _html.Append(WebUtility.HtmlEncode(text));

    public Markup ToMarkup() => new(_html.ToString());

    public override string ToString() => _html.ToString();

    /// <summary>A piece built by itself, to stand in a hole.</summary>
    public static Markup Piece(Action<HtmlWriter> write)
    {
        var writer = new HtmlWriter();
        write(writer);
        return writer.ToMarkup();
    }

    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        private readonly StringBuilder _html;

        public Handler(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _html = writer._html;
            _html.EnsureCapacity(_html.Length + literalLength + (16 * formattedCount));
        }

        public void AppendLiteral(string literal) => _html.Append(literal);

        public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

        public void AppendFormatted(string? text) => _html.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _html.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A coordinate: two decimals are finer than a pixel.</summary>
        public void AppendFormatted(double number) => _html.Append(number.ToString("0.##", CultureInfo.InvariantCulture));
    }
}
