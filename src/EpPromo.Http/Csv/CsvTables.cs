using EpPromo.Recipients;

namespace EpPromo.Http.Csv;

/// <summary>Reads and writes tables as CSV files.</summary>
internal sealed class CsvTables : ICsvTables
{
    public ICsvTableReader Read(Stream file, Func<string, EpPromoException> invalid) => new CsvTableReader(file, invalid);

    public ICsvTableWriter Write(Stream destination, CsvFormat format, IReadOnlyList<string> columns) =>
        new CsvTableWriter(destination, format, columns);
}
