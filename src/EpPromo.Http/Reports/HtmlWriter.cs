using System.Text;
using System.Xml;
using EpPromo.Text;

namespace EpPromo.Http.Reports;

/// <summary>
/// Writes HTML. An XmlWriter does the work: it escapes texts and attributes, and closes what was opened, so that no text can become markup.
/// HTML and inline SVG that are well-formed XML are the same in a browser, if elements without content have an end tag.
/// </summary>
internal sealed class HtmlWriter : IDisposable
{
    /// <summary>The elements that must have no end tag, and the shapes of SVG, which need none.</summary>
    private static readonly HashSet<string> s_withoutEndTag = ["col", "meta", "rect", "path", "circle"];

    private static readonly XmlWriterSettings s_settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.None,
    };

    private readonly XmlWriter _xml;
    private readonly CancellationToken _cancellationToken;

    /// <summary>A document.</summary>
    /// <param name="destination">Receives it; stays open.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public HtmlWriter(Stream destination, CancellationToken cancellationToken)
    {
        _xml = XmlWriter.Create(destination, s_settings);
        _cancellationToken = cancellationToken;
        _xml.WriteDocType("html", null, null, null);
    }

    /// <summary>Writes an element with content.</summary>
    /// <param name="name">The name of the element.</param>
    /// <param name="attributes">Its attributes; those that are null are left out.</param>
    /// <param name="content">Callback: writes the content; null for none.</param>
    public void Element(string name, IEnumerable<(string Name, string? Value)> attributes, Action? content = null)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _xml.WriteStartElement(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
            {
                _xml.WriteAttributeString(attribute, Valid(value));
            }
        }

        content?.Invoke();
        if (s_withoutEndTag.Contains(name))
        {
            _xml.WriteEndElement();
        }
        else
        {
            _xml.WriteFullEndElement();
        }
    }

    /// <summary>Writes an element without attributes.</summary>
    public void Element(string name, Action content) => Element(name, [], content);

    /// <summary>Writes an element with a class and content.</summary>
    public void Element(string name, string @class, Action content) => Element(name, [("class", @class)], content);

    /// <summary>Writes an element with a class and a text.</summary>
    public void Element(string name, string? @class, string text) => Element(name, [("class", @class)], () => Text(text));

    /// <summary>Writes a text.</summary>
    public void Text(string text) => _xml.WriteString(Valid(text));

    /// <summary>Writes a style sheet, which has no end tag in it.</summary>
    public void Style(string css) => Element("style", () => _xml.WriteRaw(css));

    /// <summary>Writes the file of a picture, which is ours.</summary>
    public void Raw(string markup) => _xml.WriteRaw(markup);

    /// <summary>Ends the document.</summary>
    public void Dispose() => _xml.Dispose();

    /// <summary>The text without what is no character in XML, and without what would change how the text around it looks.</summary>
    private static string Valid(string text) => DisplayText.Clean(text).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');
}
