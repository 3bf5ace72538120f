using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;
using EpPromo.Documents;
using EpPromo.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EpPromo.Http.Documents;

/// <summary>Reads YAML as a value (<see cref="DocumentValue"/>), with the types of YAML's core schema, which are those of JSON.</summary>
internal sealed class YamlValueReader
{
    /// <summary>A few lines with references to each other can stand for billions of values.</summary>
    private const int MaxValues = 1_000_000;

    private const int MaxDepth = 64;

    private static readonly Regex s_whole = new("^[-+]?[0-9]{1,18}$", RegexOptions.CultureInvariant);
    private static readonly Regex s_number = new(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant);

    private int _values;

    /// <summary>The value of the only document in <paramref name="text"/>; null if there is none.</summary>
    /// <exception cref="FormatException">It is not YAML, has several documents, or too many values or levels.</exception>
    public static object? Read(string text)
    {
        try
        {
            using StringReader reader = new(text);
            YamlStream stream = new();
            stream.Load(reader);
            return stream.Documents.Count switch
            {
                0 => null,
                1 => new YamlValueReader().Read(stream.Documents[0].RootNode, 0),
                int count => throw new FormatException(MessageText.Of(SR.DetailYamlDocuments, count)),
            };
        }
        catch (YamlException e)
        {
            throw new FormatException(MessageText.Of(SR.DetailAtLine, e.Start.Line, e.Message), e);
        }
    }

    private object? Read(YamlNode node, int depth)
    {
        if (depth > MaxDepth)
        {
            throw InvalidAt(node, SR.DetailTooDeep);
        }

        if (++_values > MaxValues)
        {
            throw InvalidAt(node, MessageText.Of(SR.DetailYamlTooManyValues, MaxValues));
        }

        return node switch
        {
            YamlMappingNode fields => ReadObject(fields, depth),
            YamlSequenceNode items => items.Children.Select(item => Read(item, depth + 1)).ToArray(),
            YamlScalarNode { Style: ScalarStyle.Plain } scalar => ReadPlain(scalar.Value ?? ""),
            YamlScalarNode scalar => scalar.Value,
            _ => null,
        };
    }

    private OrderedDictionary ReadObject(YamlMappingNode node, int depth)
    {
        string[] keys = [.. node.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "")];
        OrderedDictionary fields = DocumentValue.NewObject(keys);
        foreach ((string key, YamlNode value) in keys.Zip(node.Children.Values, (key, value) => (key, value)))
        {
            fields[key] = Read(value, depth + 1);
        }

        return fields;
    }

    private static FormatException InvalidAt(YamlNode node, string problem) => new(MessageText.Of(SR.DetailAtLine, node.Start.Line, problem));

    private static object? ReadPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when s_whole.IsMatch(text) => long.Parse(text, CultureInfo.InvariantCulture),
        _ when s_number.IsMatch(text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw new FormatException(MessageText.Of(SR.DetailNoJsonNumber, text)),
        _ => text,
    };
}
