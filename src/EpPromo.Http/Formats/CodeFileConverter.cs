using EpPromo.Codes;
using EpPromo.Http.Csv;

namespace EpPromo.Http.Formats;

/// <summary>Writes the rows of an export file in another format. One row at a time is in memory.</summary>
internal sealed class CodeFileConverter : ICodeFiles
{
    public async Task ConvertAsync(
        Stream csv, string exportJobId, CodeFileOrigin origin, CodeFileFormat format, Stream destination, CancellationToken cancellationToken)
    {
        PromotionJob export = new() { JobId = exportJobId, PromotionId = origin.PromotionId, PromotionName = origin.PromotionName };
        using IEnumerator<ExportRow> rows = ExportCsvReader.Read(csv, export).GetEnumerator();
        bool hasRow = rows.MoveNext();
        ExportColumns columns = hasRow ? rows.Current.Columns : new ExportColumns([nameof(PromotionCode.Code)]);
        if (columns.Code < 0)
        {
            throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.BadCsv), SR.DetailCsvNoCodeColumn, exportJobId);
        }

        CodeTable table = new(columns, origin);
        using ICodeWriter writer = Create(format, table.Names, destination);
        for (; hasRow; hasRow = rows.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteAsync(table.ValuesOf(rows.Current), cancellationToken);
        }

        await writer.FinishAsync(cancellationToken);
    }

    private static ICodeWriter Create(CodeFileFormat format, IReadOnlyList<string> names, Stream destination) => format switch
    {
        CodeFileFormat.Json => new JsonCodeWriter(names, destination, isArray: true),
        CodeFileFormat.JsonLines => new JsonCodeWriter(names, destination, isArray: false),
        CodeFileFormat.Xlsx => new XlsxCodeWriter(names, destination),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
