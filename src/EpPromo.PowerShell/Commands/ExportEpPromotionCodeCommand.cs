using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Export-EpPromotionCode: all codes of promotions as CSV files.</summary>
[Cmdlet(VerbsData.Export, "EpPromotionCode", SupportsShouldProcess = true, DefaultParameterSetName = PromotionSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportEpPromotionCodeCommand : StoreCmdlet
{
    private const string PromotionSet = "Promotion";
    private const string JobSet = "Job";

    /// <summary>Which promotion each file of this call belongs to.</summary>
    private readonly Dictionary<string, string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids of promotions, or promotions from Get-EpPromotion by pipeline. An export job is created on each.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PromotionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PromotionIdCompleter))]
    [AllowEmptyString]
    public string[] PromotionId { get; set; } = [];

    /// <summary>
    /// Jobs, usually by pipeline. The file of an export job is fetched as it is, once the job has ended. For a generate job its
    /// promotion is exported, with all its codes.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PromotionJob[] Job { get; set; } = [];

    /// <summary>
    /// A file, a folder, or a script block that makes the path from $_. In a folder each file is named after its promotion:
    /// <c>&lt;PromotionId&gt;_codes.csv</c>. A path without an extension, or with a slash at its end, is a folder; it is made when it is
    /// missing.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Keep a file that exists, and report an error. Without it the file is replaced.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a read-only file, and make missing folders of a file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int MaxConcurrency => 8;

    private protected override object? ErrorTarget => ParameterSetName == JobSet ? Job : PromotionId;

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == JobSet)
        {
            foreach (PromotionJob job in Job)
            {
                Process(job.PromotionId, JobStatuses.Is(job.JobType, JobTypes.Export) ? job : null);
            }

            return;
        }

        foreach (string id in PromotionId)
        {
            Process(id, null);
        }
    }

    private void Process(string promotionId, PromotionJob? export)
    {
        Identifier.Check(promotionId);
        string file = ExportPath.FileFor(promotionId, Path, SessionState.Path);
        if (_written.TryGetValue(file, out string? other) && other != promotionId)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), file);
        }

        CodeFile.Check(file, NoClobber, Force || ExportPath.IsFolder(Path));
        _written[file] = promotionId;
        if (!ShouldProcess($"Promotion {promotionId}", $"Export all codes to {file}"))
        {
            return;
        }

        JobWaiter waiter = Waiter;
        Start(promotionId, async cancellationToken =>
        {
            PromotionJob job = export ?? await Creator.CreateWhenFreeAsync(promotionId, NewJob.Export(), waiter, cancellationToken);
            job = await waiter.WaitForAsync(job, cancellationToken);
            if (!JobStatuses.IsCompleted(job.Status))
            {
                throw new JobEndedException(job);
            }

            FileInfo written = await CodeFile.WriteAsync(
                file, NoClobber, Force, stream => Api.DownloadJobFileAsync(promotionId, job.JobId, stream, cancellationToken));
            Emit(ToObject(written, job));
        });
    }

    /// <inheritdoc/>
    private protected override void Tick()
    {
        if (Waiting is { Total: > 0 } waiting)
        {
            ShowProgress(JobProgress.Of("Exporting promotion codes", waiting));
        }
    }

    /// <summary>The file, with the ids that other cmdlets bind.</summary>
    private static PSObject ToObject(FileInfo file, PromotionJob job)
    {
        PSObject result = new(file);
        result.Properties.Add(new PSNoteProperty("PromotionId", job.PromotionId));
        result.Properties.Add(new PSNoteProperty("JobId", job.JobId));
        return result;
    }
}
