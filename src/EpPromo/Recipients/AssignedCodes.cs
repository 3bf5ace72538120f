using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>The codes that recipients have, by the files of an earlier merge. They must not be given to others.</summary>
internal sealed class AssignedCodes : IDisposable
{
    private readonly RecipientRecord _record;
    private readonly PartitionedRows _rows;

    /// <param name="record">Who has which code.</param>
    /// <param name="newSpool">Opens an empty temporary stream, which can seek.</param>
    public AssignedCodes(RecipientRecord record, Func<Stream> newSpool)
    {
        _record = record;
        _rows = new PartitionedRows(newSpool);
    }

    /// <summary>Adds the code of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isKept">Whether its recipient is in the new list, and keeps the code.</param>
    public void Add(RecordRow row, bool isKept)
    {
        // Only whether it has a recipient matters here.
        SpoolRow spoolRow = (row with { Key = row.Key is null ? null : "", Extras = [] }).ToSpoolRow();
        _rows.Add(RecipientText.Normalize(row.Code), new SpoolRow((spoolRow.Number << 1) | (isKept ? 1L : 0), spoolRow.Values));
    }

    /// <summary>Checks that nobody has the code of another.</summary>
    /// <exception cref="EpPromoException">Two recipients have the same code.</exception>
    public void Check(CancellationToken cancellationToken)
    {
        for (int partition = 0; partition < PartitionedRows.PartitionCount; partition++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Load(partition);
        }
    }

    /// <summary>The codes of a partition in normalized form.</summary>
    /// <returns>For each code, whether its recipient is in the new list.</returns>
    /// <exception cref="EpPromoException">Two recipients have the same code.</exception>
    public Dictionary<string, bool> Load(int partition)
    {
        Dictionary<string, bool> codes = new(StringComparer.Ordinal);
        Dictionary<string, RecordRow> rows = new(StringComparer.Ordinal);
        foreach (SpoolRow spoolRow in _rows.ReadPartition(partition))
        {
            RecordRow row = RecordRow.From(new SpoolRow(spoolRow.Number >> 1, spoolRow.Values));
            string code = RecipientText.Normalize(row.Code);
            if (row.Key is null)
            {
                if (!codes.ContainsKey(code))
                {
                    codes.Add(code, false);
                }
            }
            else if (rows.TryGetValue(code, out RecordRow? other))
            {
                RecordRow repeated = row.IsAfter(other) ? row : other;
                throw _record.Invalid(repeated, SR.DetailCodeRepeated, repeated.Code);
            }
            else
            {
                rows.Add(code, row);
                codes[code] = (spoolRow.Number & 1) != 0;
            }
        }

        return codes;
    }

    public void Dispose() => _rows.Dispose();
}
