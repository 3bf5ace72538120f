using System.Collections;
using System.Management.Automation;
using EpPromo.Recipients;

namespace EpPromo.PowerShell.Recipients;

/// <summary>The codes that a merge is given: as texts, as objects with a property <c>Code</c>, and in CSV files.</summary>
internal sealed class CodeInput
{
    private readonly ICsvTables _tables;
    private readonly List<Action<Action<string>>> _sources = [];

    /// <param name="tables">Reads CSV files.</param>
    public CodeInput(ICsvTables tables) => _tables = tables;

    /// <summary>Adds the codes of objects; a file among them is read later.</summary>
    /// <exception cref="EpPromoException">An object has no code, or a file has none.</exception>
    public void AddObjects(object?[] items)
    {
        foreach (object item in items.OfType<object>())
        {
            PSObject wrapped = PSObject.AsPSObject(item);
            if (wrapped.BaseObject is FileInfo file)
            {
                AddFile(file.FullName);
            }
            else if (wrapped.BaseObject is not string && !HasCode(wrapped))
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.CodeMissing), wrapped.BaseObject.GetType().Name);
            }
        }

        _sources.Add(offer =>
        {
            foreach (object item in items.OfType<object>())
            {
                PSObject wrapped = PSObject.AsPSObject(item);
                if (wrapped.BaseObject is not FileInfo)
                {
                    offer(CodeOf(wrapped));
                }
            }
        });
    }

    /// <summary>Adds a CSV file with a column <c>Code</c>, which is read later.</summary>
    /// <exception cref="EpPromoException">It cannot be read, or has no such column.</exception>
    public void AddFile(string path)
    {
        Read(path, offer: null);
        _sources.Add(offer => Read(path, offer));
    }

    /// <summary>Offers all codes, in the order in which they were added.</summary>
    public void OfferAll(Action<string> offer)
    {
        foreach (Action<Action<string>> source in _sources)
        {
            source(offer);
        }
    }

    private static bool HasCode(PSObject item) =>
        item.BaseObject is IDictionary entries ? entries.Contains(ColumnList.Code) : item.Properties[ColumnList.Code] is not null;

    private static string CodeOf(PSObject item) => item.BaseObject switch
    {
        string text => text,
        PromotionCode code => code.Text,
        IDictionary entries => LanguagePrimitives.ConvertTo<string>(entries[ColumnList.Code]) ?? "",
        _ => LanguagePrimitives.ConvertTo<string>(item.Properties[ColumnList.Code].Value) ?? "",
    };

    /// <summary>Reads the codes of a file; only its header if there is nobody to offer them to.</summary>
    private void Read(string path, Action<string>? offer)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using ICsvTableReader table = _tables.Read(file, Invalid);
            int column = table.Columns.PositionOf(ColumnList.Code);
            if (column < 0)
            {
                throw Invalid(SR.DetailCsvNoCodeColumn);
            }

            while (offer is not null && table.Read())
            {
                offer(table.Value(column));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.CannotReadFile), path, e.Message);
        }

        EpPromoException Invalid(string reason) => new(ErrorKind.File, nameof(SR.BadCodeFile), path, reason);
    }
}
