using System.Collections.Specialized;
using System.Globalization;
using EpPromo.Documents;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.Sync;

/// <summary>
/// The fields of an object in a document, each of which has a type. Keys are compared without case, dashes and underscores:
/// <c>code_prefix</c>, <c>codePrefix</c> and <c>CodePrefix</c> are one. A field that is null counts as missing, and so does one of the wrong
/// type, which is a mistake.
/// </summary>
internal sealed class DocumentFields
{
    private readonly string _path;
    private readonly DocumentMistakes _mistakes;
    private readonly Dictionary<string, (string Key, object? Value)> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The fields of <paramref name="value"/>.</summary>
    /// <param name="value">An object of the document.</param>
    /// <param name="path">Where it is in the document, for messages; empty for the document itself.</param>
    /// <param name="mistakes">Collects what is wrong: the value is no object, a key is repeated, or what is found later.</param>
    public DocumentFields(object? value, string path, DocumentMistakes mistakes)
    {
        _path = path;
        _mistakes = mistakes;
        if (value is not OrderedDictionary fields)
        {
            Reject(MessageText.Of(SR.DetailSyncWrongType, Describe(""), SR.DetailTypeObject));
            return;
        }

        foreach (string key in DocumentValue.Keys(fields))
        {
            if (_fields.ContainsKey(Normalized(key)))
            {
                Reject(MessageText.Of(SR.DetailSyncKeyRepeated, Describe(key)));
            }

            _fields[Normalized(key)] = (key, fields[key]);
        }
    }

    /// <summary>Whether no mistake was found in these fields so far, those of objects in them not counted.</summary>
    public bool IsValid { get; private set; } = true;

    /// <summary>A text; a number counts as one.</summary>
    public string? Text(string name) => Find(name) switch
    {
        null => null,
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => WrongType<string>(name, SR.DetailTypeText),
    };

    /// <summary>A whole number.</summary>
    public int? Number(string name) => Find(name) switch
    {
        null => null,
        long and >= int.MinValue and <= int.MaxValue and { } number => (int)number,
        _ => WrongType<int?>(name, SR.DetailTypeNumber),
    };

    /// <summary>True or false.</summary>
    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        bool flag => flag,
        _ => WrongType<bool?>(name, SR.DetailTypeFlag),
    };

    /// <summary>A time, in UTC if it has no zone: a file means the same on every machine.</summary>
    public DateTimeOffset? Time(string name) => Find(name) switch
    {
        null => null,
        string text when text.Take(4).All(char.IsDigit) && TimestampText.TryParse(text, out DateTimeOffset time) => time,
        _ => WrongType<DateTimeOffset?>(name, SR.DetailTypeTime),
    };

    /// <summary>An object of any content.</summary>
    public OrderedDictionary? Object(string name) => Find(name) switch
    {
        null => null,
        OrderedDictionary value => value,
        _ => WrongType<OrderedDictionary>(name, SR.DetailTypeObject),
    };

    /// <summary>The objects of a list.</summary>
    public IReadOnlyList<DocumentFields> List(string name) => Find(name) switch
    {
        null => [],
        object?[] items => [.. items.Select((item, index) => new DocumentFields(item, Describe($"{name}[{index + 1}]"), _mistakes))],
        _ => WrongType<IReadOnlyList<DocumentFields>>(name, SR.DetailTypeList) ?? [],
    };

    /// <summary>Where a field is, for messages.</summary>
    public string Describe(string name) => _path.Length == 0 ? name : name.Length == 0 ? _path : $"{_path}.{name}";

    /// <summary>Rejects every field that was not read.</summary>
    /// <param name="names">The fields that there are, for the message.</param>
    public void RejectUnknown(params string[] names)
    {
        foreach (string unknown in _fields.Where(field => !_known.Contains(field.Key)).Select(field => field.Value.Key))
        {
            IReadOnlyList<string> near = NearestNames.Find(unknown, names);
            Reject(MessageText.Of(SR.DetailSyncUnknownKey, Describe(unknown), string.Join(", ", near.Count > 0 ? near : names)));
        }
    }

    /// <summary>Adds a mistake in these fields.</summary>
    public void Reject(string mistake)
    {
        IsValid = false;
        _mistakes.Add(mistake);
    }

    private object? Find(string name)
    {
        string key = Normalized(name);
        _known.Add(key);
        return _fields.TryGetValue(key, out (string Key, object? Value) field) ? field.Value : null;
    }

    private T? WrongType<T>(string name, string type)
    {
        Reject(MessageText.Of(SR.DetailSyncWrongType, Describe(name), type));
        return default;
    }

    private static string Normalized(string key) => key.Replace("_", "").Replace("-", "").ToUpperInvariant();
}
