using System.Globalization;

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

    /// <summary>The columns that have the very name of the property which they are read into.</summary>
    private readonly HashSet<int> _properties = [];

    /// <summary>The columns of a file.</summary>
    /// <param name="header">The names in its header; they can be empty or repeated.</param>
    public ExportColumns(IReadOnlyList<string> header)
    {
        _header = [.. header.Select(name => name.Trim())];
        Code = Find("code", nameof(PromotionCode.Code));
        CodeId = Find("id", nameof(PromotionCode.CodeId));
        Uses = Find("uses", nameof(PromotionCode.Uses));
        MaxUses = Find("max_uses", nameof(PromotionCode.MaxUses));
        ConsumeUnit = Find("consume_unit", nameof(PromotionCode.ConsumeUnit));
        User = Find("user", nameof(PromotionCode.User));
        CreatedAt = Find("created_at", nameof(PromotionCode.CreatedAt));
        Names = UniqueNames();
        TypedColumns = [.. new[] { Uses, MaxUses, CreatedAt }.Where(_properties.Contains)];
        FurtherColumns = [.. Enumerable.Range(0, 1 << TypedColumns.Length).Select(ColumnsBeside)];
    }

    /// <summary>The column of the codes, from 0; -1 if there is none. The same of the other columns that a code has properties for.</summary>
    public int Code { get; }

    /// <inheritdoc cref="Code"/>
    public int CodeId { get; }

    /// <inheritdoc cref="Code"/>
    public int Uses { get; }

    /// <inheritdoc cref="Code"/>
    public int MaxUses { get; }

    /// <inheritdoc cref="Code"/>
    public int ConsumeUnit { get; }

    /// <inheritdoc cref="Code"/>
    public int User { get; }

    /// <inheritdoc cref="Code"/>
    public int CreatedAt { get; }

    /// <summary>Of the columns that have the name of the property which they are read into, those with numbers or times.</summary>
    public int[] TypedColumns { get; }

    /// <summary>
    /// The columns that do not have the name of the property which they are read into, or are read into none; and those of
    /// <see cref="TypedColumns"/> whose values in a row are no numbers or times, so that the properties cannot have them. By the set of these,
    /// as a number: bit 0 is the first one.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> FurtherColumns { get; }

    /// <summary>
    /// The names of the columns, as properties beside those of a code. They are unique: a column without a name is <c>Column2</c>, and one
    /// whose name is taken is <c>uses_2</c>.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name of a column in a file that does not have all properties of a code: one that is read into a property keeps its name.</summary>
    public string NameInFile(int column) => _properties.Contains(column) ? _header[column] : Names[column];

    private static bool AreSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>A name without what makes no difference.</summary>
    private static string Simplify(string name) => name.Replace("_", "").Replace(" ", "");

    /// <summary>Finds the column of a property: the first one of that name, else the first one that differs in spaces and underscores only.</summary>
    private int Find(string word, string property)
    {
        int column = IndexOf(name => AreSame(name, word));
        column = column < 0 ? IndexOf(name => AreSame(Simplify(name), Simplify(word))) : column;
        if (column >= 0 && AreSame(_header[column], property))
        {
            _properties.Add(column);
        }

        return column;
    }

    private int[] ColumnsBeside(int unreadable) =>
    [
        .. Enumerable.Range(0, _header.Count).Where(column =>
            !_properties.Contains(column) || (Array.IndexOf(TypedColumns, column) is >= 0 and int i && (unreadable & (1 << i)) != 0)),
    ];

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
