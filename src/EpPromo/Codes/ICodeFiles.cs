namespace EpPromo.Codes;

/// <summary>Writes files of codes in other formats than the store's.</summary>
internal interface ICodeFiles
{
    /// <summary>
    /// Writes the rows of an export file, one at a time: the properties of a code, then the file's further columns. No cell is a formula.
    /// </summary>
    /// <param name="csv">The export file, positioned at its start.</param>
    /// <param name="exportJobId">The export job that it belongs to, for error messages.</param>
    /// <param name="origin">Where the codes come from.</param>
    /// <param name="format">The format, which is not CSV.</param>
    /// <param name="destination">An empty stream that can seek.</param>
    /// <param name="cancellationToken">Cancels the writing between two rows.</param>
    /// <exception cref="EpPromoException">The export file is not CSV with a header row, or has no column named <c>code</c>.</exception>
    /// <exception cref="IOException">The format cannot hold a value of the file.</exception>
    Task ConvertAsync(
        Stream csv, string exportJobId, CodeFileOrigin origin, CodeFileFormat format, Stream destination, CancellationToken cancellationToken);
}
