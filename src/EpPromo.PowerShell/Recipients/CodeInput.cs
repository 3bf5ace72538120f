using System.Collections;
using System.Management.Automation;
using EpPromo.Recipients;

namespace EpPromo.PowerShell.Recipients;

/// <summary>The codes that a merge is given: as texts, as objects with a property <c>Code</c>, and in CSV files.</summary>
internal sealed class CodeInput
{
    private readonly ICsvTables _tables;
    private readonly List<Func<Action<string>, CancellationToken, Task>> _sources = [];

    /// <param name="tables">Reads CSV files.</param>
    public CodeInput(ICsvTables tables) => _tables = tables;

    /// <summary>Adds the code of an object, or the codes of a file, which is read later.</summary>
    /// <exception cref="EpPromoException">The object has no code.</exception>
    public void AddObject(PSObject item)
    {
        if (item.BaseObject is FileInfo file)
        {
            AddFile(file.FullName);
        }
        else if (item.BaseObject is string || HasCode(item))
        {
            Add(offer => offer(CodeOf(item)));
        }
        else
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.CodeMissing), item.BaseObject.GetType().Name);
        }
    }

    /// <summary>Adds a CSV file with a column <c>Code</c>, which is read later.</summary>
    /// <exception cref="EpPromoException">It cannot be read, or has no such column.</exception>
    public void AddFile(string path)
    {
        Read(path, offer: null);
        Add(offer => Read(path, offer));
    }

    /// <summary>Adds codes that are requested from a store later.</summary>
    public void AddSource(Func<Action<string>, CancellationToken, Task> source) => _sources.Add(source);

    /// <summary>Offers all codes, in the order in which they were added.</summary>
    public async Task OfferAllAsync(Action<string> offer, CancellationToken cancellationToken)
    {
        foreach (Func<Action<string>, CancellationToken, Task> source in _sources)
        {
            await source(offer, cancellationToken);
        }
    }

    private void Add(Action<Action<string>> source) => _sources.Add((offer, _) =>
    {
        source(offer);
        return Task.CompletedTask;
    });

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
