using System.Management.Automation;
using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Export-EpPromotionCode: exports all codes of promotions to CSV files.</summary>
[Cmdlet(VerbsData.Export, "EpPromotionCode", SupportsShouldProcess = true, DefaultParameterSetName = JobSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportEpPromotionCodeCommand : StoreCmdlet
{
    private const string PromotionSet = "Promotion";
    private const string JobSet = "Job";

    /// <summary>Marks a path as one of the file system, whatever the session's current location.</summary>
    private const string FileSystemPrefix = @"Microsoft.PowerShell.Core\FileSystem::";

    private OutputPathResolver _path = null!;
    private OutputFiles _files = null!;
    private CommandTimeout _timeout = null!;

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.
    /// An export job is created on each, unless -JobId specifies one.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = PromotionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    // Not in a set of its own: a row of a table first binds to PromotionId as a whole, and its JobId must be allowed, too.

    /// <summary>
    /// Ids of jobs of the promotion, for example from a file or from another session. They are treated like the jobs of -Job. A job that
    /// does not exist is an error.
    /// </summary>
    [Parameter(ParameterSetName = PromotionSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [IdsTransformation]
    public string[]? JobId { get; set; }

    /// <summary>
    /// Jobs, usually from the pipeline. For an export job, the command waits until it has ended and downloads its file unchanged. For a
    /// generate job, it exports the promotion, with all its codes.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PromotionJob[] Job { get; set; } = [];

    /// <summary>
    /// A file, a folder, or a script block that returns the path for $_. In a folder, each file is named after its promotion:
    /// <c>&lt;PromotionId&gt;_codes.csv</c>. A path without an extension, or with a slash at its end, is a folder, which is created if it
    /// is missing.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [OptionalTransformation]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Keep a file that exists, and report an error. Without this switch, the file is replaced.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a read-only file, and create the missing folders of a file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// The maximum time for all exports together, in seconds or as a TimeSpan. The time starts when the first input reaches the command.
    /// Without it, there is no limit.
    /// </summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    private protected override int MaxConcurrency => 8;

    private protected override bool UsesWaiter => true;

    private protected override object? ErrorTarget => ParameterSetName == JobSet ? Job : TextsOf(Promotion);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _path = new OutputPathResolver(PathArgument.Of(Path, null), SessionState.Path);
        _files = new OutputFiles(NoClobber, Force, (error, promotionId) => ShowError(ErrorRecords.From(error, promotionId)));
        _timeout = CreateTimeout(Timeout);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (ParameterSetName == JobSet)
        {
            ForEachInput(Job, job => ProcessPromotion(ContextFor(job.Origin), job.PromotionId, _ => Task.FromResult(ExportJob(job))));
            return;
        }

        ForEachPromotion(Promotion, (context, promotion) =>
        {
            string id = promotion.PromotionId;
            if (JobId is not { } jobs)
            {
                ProcessPromotion(context, id, _ => Task.FromResult<PromotionJob?>(null));
                return;
            }

            ForEachInput(jobs, job =>
            {
                Identifier.Check(job);
                ProcessPromotion(context, id, async cancellationToken => ExportJob(await JobFinder.GetAsync(context.Api.Jobs, id, job, cancellationToken)));
            });
        });
    }

    /// <summary>The job whose file to download, or null if an export job has to be created.</summary>
    private static PromotionJob? ExportJob(PromotionJob job) => JobStatuses.Is(job.JobType, JobTypes.Export) ? job : null;

    private void ProcessPromotion(StoreContext context, string promotionId, Func<CancellationToken, Task<PromotionJob?>> findExport)
    {
        Identifier.Check(promotionId);
        OutputPath path = _path.For(TargetOf(context, context.Store.Directory.Identify(promotionId)), PathArgument.Of(Path, null))!;
        CodeFile file = _files.Reserve(path, context.Store.Connection.CodeFiles);
        _files.Start(promotionId, path.IsShared, () => ConfirmAndStart(context, promotionId, findExport, file));
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing() => _files.StartDeferred();

    private void ConfirmAndStart(StoreContext context, string promotionId, Func<CancellationToken, Task<PromotionJob?>> findExport, CodeFile file)
    {
        if (!ShouldProcess(MessageText.Of(SR.ConfirmPromotion, promotionId), MessageText.Of(SR.ConfirmExport, file.Path)))
        {
            return;
        }

        Start(promotionId, async _ =>
        {
            try
            {
                await ExportAsync(context, promotionId, await findExport(_timeout.Token), file);
            }
            catch (OperationCanceledException) when (_timeout.HasExpired)
            {
                throw TimeoutError(nameof(SR.ExportTimeout), promotionId, Timeout);
            }
        });
    }

    private async Task ExportAsync(StoreContext context, string promotionId, PromotionJob? export, CodeFile file)
    {
        file.CheckWritable();
        PromotionJob job = export ?? await context.WaitingCreator.CreateWhenFreeAsync(promotionId, NewJob.Export(), _timeout.Token);
        job = await context.Waiter.WaitForAsync(job, _timeout.Token);
        if (!JobStatuses.IsCompleted(job.Status))
        {
            throw new JobEndedException(job);
        }

        WrittenFile written = await file.WriteAsync(
            stream => context.Api.Jobs.DownloadJobFileAsync(promotionId, job.JobId, stream, _timeout.Token), job.JobId, WriteWarningAsync, _timeout.Token);
        await PostAsync(() => WriteFile(written, job));
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress()
    {
        ShowJobProgress(SR.ProgressExporting);
    }

    /// <inheritdoc/>
    private protected override void OnStopProcessing() => WarnOfUnfinishedJobs();

    /// <summary>Writes the file as Get-Item would, with the ids that other cmdlets bind.</summary>
    private void WriteFile(WrittenFile file, PromotionJob job)
    {
        PSObject item = FindItem(file.Path) ?? file.ToObject();
        item.Properties.Add(new PSNoteProperty("PromotionId", job.PromotionId));
        item.Properties.Add(new PSNoteProperty("PromotionName", job.PromotionName));
        item.Properties.Add(new PSNoteProperty("JobId", job.JobId));
        WriteObject(item);
    }

    /// <summary>
    /// The file with the provider's properties; null if it no longer exists, because a process that watches the folder has moved it. That is
    /// no error, and must not end other exports.
    /// </summary>
    private PSObject? FindItem(string file)
    {
        try
        {
            // If the file disappears meanwhile, the provider returns a folder, or a file without a length.
            PSObject? item = InvokeProvider.Item.Get([FileSystemPrefix + file], force: true, literalPath: true).FirstOrDefault();
            return item?.BaseObject is FileInfo { Exists: true } ? item : null;
        }
        catch (Exception e) when (e is ProviderInvocationException or SessionStateException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
