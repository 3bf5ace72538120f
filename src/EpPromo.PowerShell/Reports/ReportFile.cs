using System.Management.Automation;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Sessions;
using EpPromo.Reports;

namespace EpPromo.PowerShell.Reports;

/// <summary>The file of a report, in the format that its extension says.</summary>
internal sealed class ReportFile
{
    private const string JsonExtension = ".json";

    private static readonly string[] s_extensions = [".html", ".htm", JsonExtension];

    private readonly AtomicFile _file;

    /// <summary>A file to be written.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="session">Resolves paths.</param>
    /// <param name="noClobber">Keep a file that exists.</param>
    /// <param name="force">Replace a read-only file, and create missing folders.</param>
    /// <exception cref="EpPromoException">There is no path, it has another extension, or the file cannot be written.</exception>
    public ReportFile(PathArgument path, PathIntrinsics session, bool noClobber, bool force)
    {
        if (path.IsEmpty)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NoReportPath));
        }

        string full = SingleFilePath.Resolve(path, session, s_extensions, nameof(SR.UnknownReportFormat));
        OutputFiles.Check(full, noClobber, force, createsFolder: force);
        _file = new AtomicFile(full, noClobber, force, new StaleFiles());
    }

    /// <summary>Its full path.</summary>
    public string Path => _file.Path;

    /// <summary>Writes the file.</summary>
    /// <param name="report">The report.</param>
    /// <param name="warn">Callback: receives a warning if the file that is replaced has other names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public Task<WrittenFile> WriteAsync(Report report, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        IReportFiles files = StoreConnector.OpenReports();
        ReportFormat format = System.IO.Path.GetExtension(Path).Equals(JsonExtension, StringComparison.OrdinalIgnoreCase)
            ? ReportFormat.Json
            : ReportFormat.Html;
        return _file.WriteAsync(content => files.WriteAsync(report, format, content, cancellationToken), null, warn, cancellationToken);
    }

    /// <summary>The file as Get-Item would return it, with what is in it. On the pipeline thread.</summary>
    /// <param name="written">The file.</param>
    /// <param name="provider">Finds it.</param>
    /// <param name="totals">What the report says.</param>
    public static PSObject ToObject(WrittenFile written, ProviderIntrinsics provider, ReportTotals totals)
    {
        PSObject file = written.ToObject(provider);
        Add("Path", written.Path);
        Add(nameof(totals.Promotions), totals.Promotions);
        Add(nameof(totals.Runs), totals.Runs);
        Add(nameof(totals.Jobs), totals.Jobs);
        Add(nameof(totals.OpenProblems), totals.OpenProblems);
        return file;

        void Add(string name, object value) => file.Properties.Add(new PSNoteProperty(name, value));
    }
}
