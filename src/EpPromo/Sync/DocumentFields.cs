using System.Collections.Specialized;
using System.Globalization;
using EpPromo.Documents;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.Sync;

/// <summary>
/// The fields of an object in a document, each of which has a type. Keys are compared without case, dashes and underscores:
/// <c>code_prefix</c>, <c>codePrefix</c> and <c>CodePrefix</c> are one. A field that is null counts as missing.
/// </summary>
internal sealed class DocumentFields
{
    private readonly string _path;
    private readonly Dictionary<string, (string Key, object? Value)> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The fields of <paramref name="value"/>.</summary>
    /// <param name="value">An object of the document.</param>
    /// <param name="path">Where it is in the document, for messages; empty for the document itself.</param>
    /// <exception cref="FormatException">It is no object, or a key is repeated.</exception>
    public DocumentFields(object? value, string path)
    {
        _path = path;
        OrderedDictionary fields = value as OrderedDictionary
            ?? throw new FormatException(MessageText.Of(SR.DetailSyncWrongType, Describe(""), SR.DetailTypeObject));
        foreach (string key in DocumentValue.Keys(fields))
        {
            if (_fields.ContainsKey(Normalized(key)))
            {
                throw new FormatException(MessageText.Of(SR.DetailSyncKeyRepeated, Describe(key)));
            }

            _fields[Normalized(key)] = (key, fields[key]);
        }
    }

    /// <summary>A text; a number counts as one.</summary>
    public string? Text(string name) => Find(name) switch
    {
        null => null,
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw WrongType(name, SR.DetailTypeText),
    };

    /// <summary>A whole number.</summary>
    public int? Number(string name) => Find(name) switch
    {
        null => null,
        long and >= int.MinValue and <= int.MaxValue and { } number => (int)number,
        _ => throw WrongType(name, SR.DetailTypeNumber),
    };

    /// <summary>True or false.</summary>
    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        bool flag => flag,
        _ => throw WrongType(name, SR.DetailTypeFlag),
    };

    /// <summary>A time, in UTC if it has no zone: a file means the same on every machine.</summary>
    public DateTimeOffset? Time(string name) => Find(name) switch
    {
        null => null,
        string text when text.Take(4).All(char.IsDigit) && TimestampText.TryParse(text, out DateTimeOffset time) => time,
        _ => throw WrongType(name, SR.DetailTypeTime),
    };

    /// <summary>An object of any content.</summary>
    public OrderedDictionary? Object(string name) => Find(name) switch
    {
        null => null,
        OrderedDictionary value => value,
        _ => throw WrongType(name, SR.DetailTypeObject),
    };

    /// <summary>The objects of a list.</summary>
    public IReadOnlyList<DocumentFields> List(string name) => Find(name) switch
    {
        null => [],
        object?[] items => [.. items.Select((item, index) => new DocumentFields(item, Describe($"{name}[{index + 1}]")))],
        _ => throw WrongType(name, SR.DetailTypeList),
    };

    /// <summary>Where a field is, for messages.</summary>
    public string Describe(string name) => _path.Length == 0 ? name : name.Length == 0 ? _path : $"{_path}.{name}";

    /// <summary>Rejects every field that was not read.</summary>
    /// <param name="names">The fields that there are, for the message.</param>
    /// <exception cref="FormatException">There is one.</exception>
    public void RejectUnknown(params string[] names)
    {
        if (_fields.Where(field => !_known.Contains(field.Key)).Select(field => field.Value.Key).FirstOrDefault() is { } unknown)
        {
            IReadOnlyList<string> near = NearestNames.Find(unknown, names);
            throw new FormatException(MessageText.Of(
                SR.DetailSyncUnknownKey, Describe(unknown), string.Join(", ", near.Count > 0 ? near : names)));
        }
    }

    private object? Find(string name)
    {
        string key = Normalized(name);
        _known.Add(key);
        return _fields.TryGetValue(key, out (string Key, object? Value) field) ? field.Value : null;
    }

    private FormatException WrongType(string name, string type) => new(MessageText.Of(SR.DetailSyncWrongType, Describe(name), type));

    private static string Normalized(string key) => key.Replace("_", "").Replace("-", "").ToUpperInvariant();
}
