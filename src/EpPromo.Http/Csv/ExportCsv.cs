using EpPromo.Codes;

namespace EpPromo.Http.Csv;

/// <summary>Reads and writes export files, which are CSV.</summary>
internal sealed class ExportCsv : IExportFiles
{
    public IEnumerable<ExportRow> ReadRows(Stream file, PromotionJob export) => ExportCsvReader.Read(file, export);

    public int CountRows(Stream file, string jobId, CancellationToken cancellationToken) =>
        ExportCsvReader.Count(file, jobId, cancellationToken);

    public void CopyRows(
        Stream file, string jobId, Stream destination, Func<string, bool> isWanted, CancellationToken cancellationToken) =>
        ExportCsvFilter.Copy(file, jobId, destination, isWanted, cancellationToken);

    /// <summary>The error for a file that is not a valid export.</summary>
    internal static EpPromoException Invalid(string reason, string jobId) =>
        new(ErrorKind.InvalidResponse, nameof(SR.BadCsv), reason, jobId);
}
