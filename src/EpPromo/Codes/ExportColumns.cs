using System.Globalization;
using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// The columns of an export file. They are not published (api-contract.md sections 5 and 8), so they are recognised by the header, in which
/// upper and lower case, spaces and underscores make no difference. All columns can be read as text, recognised or not.
/// </summary>
internal sealed class ExportColumns
{
    /// <summary>Names that a column cannot have beside a code: those of its properties, and the members that PowerShell reserves.</summary>
    private static readonly string[] s_takenNames =
    [
        nameof(PromotionCode.PromotionId), nameof(PromotionCode.PromotionName), nameof(PromotionCode.Code), nameof(PromotionCode.CodeId),
        nameof(PromotionCode.Uses), nameof(PromotionCode.MaxUses), nameof(PromotionCode.ConsumeUnit), nameof(PromotionCode.CreatedAt),
        nameof(PromotionCode.User), nameof(PromotionCode.MaxUsesPerShopper), nameof(PromotionCode.IncludesGuests), nameof(PromotionCode.IsForNewShopper),
        nameof(PromotionCode.JobId), nameof(PromotionCode.Run), nameof(PromotionCode.Kind),
        "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames",
    ];

    private readonly IReadOnlyList<string> _header;
    private readonly int _code;
    private readonly int _codeId;
    private readonly int _uses;
    private readonly int _maxUses;
    private readonly int _consumeUnit;
    private readonly int _user;
    private readonly int _createdAt;

    /// <summary>For each column that has the very name of the property which it is read into: that property. Null for the others.</summary>
    private readonly Func<PromotionCode, object?>?[] _properties;

    /// <summary>The columns of a file.</summary>
    /// <param name="header">The names in its header; they can be empty or repeated.</param>
    public ExportColumns(IReadOnlyList<string> header)
    {
        _header = [.. header.Select(name => name.Trim())];
        _properties = new Func<PromotionCode, object?>?[header.Count];
        _code = Find("code", nameof(PromotionCode.Code), code => code.Code);
        _codeId = Find("id", nameof(PromotionCode.CodeId), code => code.CodeId);
        _uses = Find("uses", nameof(PromotionCode.Uses), code => code.Uses);
        _maxUses = Find("max_uses", nameof(PromotionCode.MaxUses), code => code.MaxUses);
        _consumeUnit = Find("consume_unit", nameof(PromotionCode.ConsumeUnit), code => code.ConsumeUnit);
        _user = Find("user", nameof(PromotionCode.User), code => code.User);
        _createdAt = Find("created_at", nameof(PromotionCode.CreatedAt), code => code.CreatedAt);
        Names = UniqueNames();
    }

    /// <summary>
    /// The names of the columns, as properties beside those of a code. They are unique: a column without a name is <c>Column2</c>, and one
    /// whose name is taken is <c>uses_2</c>.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name of a column in a file that does not have all properties of a code: one that is read into a property keeps its name.</summary>
    public string NameInFile(int column) => _properties[column] is null ? Names[column] : _header[column];

    /// <summary>The column of the codes, from 0; -1 if there is none.</summary>
    public int CodeColumn => _code;

    /// <summary>The columns of the code, its maximum uses, its uses, its consume unit and its time, in this order; -1 for a missing one.</summary>
    public IReadOnlyList<int> PropertyColumns => [_code, _maxUses, _uses, _consumeUnit, _createdAt];

    /// <summary>Reads the code of a row. A value that cannot be what its column means is null.</summary>
    /// <param name="values">The row's values, safe to show, one for each column.</param>
    /// <param name="text">The code as it is in the file.</param>
    /// <param name="export">The export job that the file belongs to.</param>
    public PromotionCode Read(IReadOnlyList<string> values, string text, PromotionJob export) => new()
    {
        PromotionId = export.PromotionId,
        PromotionName = export.PromotionName,
        Origin = export.Origin,
        JobId = export.JobId,
        Code = Value(values, _code) ?? "",
        Text = text,
        CodeId = Value(values, _codeId),
        Uses = Number(Value(values, _uses)),
        MaxUses = Number(Value(values, _maxUses)),
        ConsumeUnit = Value(values, _consumeUnit),
        User = Value(values, _user),
        CreatedAt = Time(Value(values, _createdAt)),
    };

    /// <summary>Whether a property of the code has the column's name and its value, so that the row needs no further property for it.</summary>
    public bool IsProperty(int column, PromotionCode code, string value) =>
        _properties[column] is { } property && (property(code) is not null || string.IsNullOrWhiteSpace(value));

    private static string? Value(IReadOnlyList<string> values, int column) => column < 0 ? null : values[column].NullIfEmpty();

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Only times that start with a date in ISO 8601: anything else could be read in several ways.</summary>
    private static DateTimeOffset? Time(string? text) =>
        text?.Trim() is { Length: >= 10 } time && time[4] == '-' && time[7] == '-' && TimestampText.TryParse(time, out DateTimeOffset parsed)
            ? parsed
            : null;

    private static bool AreSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>A name without what makes no difference.</summary>
    private static string Simplify(string name) => name.Replace("_", "").Replace(" ", "");

    /// <summary>Finds the column of a property: the first one of that name, else the first one that differs in spaces and underscores only.</summary>
    private int Find(string word, string property, Func<PromotionCode, object?> value)
    {
        int column = IndexOf(name => AreSame(name, word));
        column = column < 0 ? IndexOf(name => AreSame(Simplify(name), Simplify(word))) : column;
        if (column >= 0 && AreSame(_header[column], property))
        {
            _properties[column] = value;
        }

        return column;
    }

    private int IndexOf(Func<string, bool> predicate)
    {
        for (int i = 0; i < _header.Count; i++)
        {
            if (predicate(_header[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private string[] UniqueNames()
    {
        HashSet<string> taken = new(s_takenNames, StringComparer.OrdinalIgnoreCase);
        string[] names = new string[_header.Count];
        for (int i = 0; i < names.Length; i++)
        {
            string wanted = _header[i].Length > 0 ? _header[i] : string.Format(CultureInfo.InvariantCulture, "Column{0}", i + 1);
            names[i] = wanted;
            for (int number = 2; !taken.Add(names[i]); number++)
            {
                names[i] = string.Format(CultureInfo.InvariantCulture, "{0}_{1}", wanted, number);
            }
        }

        return names;
    }
}
