namespace EpPromo.Codes;

/// <summary>Reads and filters downloaded export files (api-contract.md section 5, File).</summary>
/// <remarks>
/// All methods throw <see cref="EpPromoException"/> of kind <see cref="ErrorKind.InvalidResponse"/> when the file is not CSV with a header row.
/// </remarks>
internal interface IExportFiles
{
    /// <summary>Reads the rows by the header, lazily.</summary>
    /// <param name="file">The whole file, positioned at its start.</param>
    /// <param name="export">The export job that the file belongs to.</param>
    IEnumerable<ExportRow> ReadRows(Stream file, PromotionJob export);

    /// <summary>Counts the rows.</summary>
    /// <param name="file">The whole file, positioned at its start.</param>
    /// <param name="jobId">The export job that the file belongs to, for error messages.</param>
    /// <param name="cancellationToken">Cancels it between two rows.</param>
    int CountRows(Stream file, string jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Copies the header and the rows of wanted codes, byte for byte: encoding, quoting and line endings stay as the store wrote them.
    /// </summary>
    /// <param name="file">The whole file, positioned at its start; it must be seekable.</param>
    /// <param name="jobId">The export job that the file belongs to, for error messages.</param>
    /// <param name="destination">Receives the copy.</param>
    /// <param name="isWanted">Called once for each row, with the code as it is in the file.</param>
    /// <param name="cancellationToken">Cancels the copy between two rows.</param>
    /// <exception cref="EpPromoException">The file is not CSV with a header row, or has no column named <c>code</c>.</exception>
    void CopyRows(Stream file, string jobId, Stream destination, Func<string, bool> isWanted, CancellationToken cancellationToken);
}
