namespace EpPromo.Reports;

/// <summary>Writes reports as files.</summary>
internal interface IReportFiles
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="format">The format.</param>
    /// <param name="destination">Receives the file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task WriteAsync(Report report, ReportFormat format, Stream destination, CancellationToken cancellationToken);
}
