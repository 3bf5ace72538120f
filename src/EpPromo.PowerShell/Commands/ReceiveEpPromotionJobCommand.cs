using System.Management.Automation;
using EpPromo.Codes;
using EpPromo.Codes.Exports;
using EpPromo.Jobs;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>
/// Receive-EpPromotionJob: returns the codes of a completed job or run as objects: the codes that a generate job or a run generated, or the
/// rows of an export job's file.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "EpPromotionJob", DefaultParameterSetName = JobSet)]
[OutputType(typeof(PromotionCode))]
public sealed class ReceiveEpPromotionJobCommand : JobCmdlet
{
    private const string RunSet = "Run";

    private readonly WorkProgress _progress = new(SR.ProgressReceiving);

    /// <summary>What the bar says of the job that is received.</summary>
    private volatile Func<string> _status = () => "";

    /// <summary>How many of its codes have been written.</summary>
    private volatile int _received;

    /// <summary>
    /// Runs of Get-EpPromotionRun or Request-EpPromotionCode, or their names. Their codes are returned, promotion by promotion. A run with
    /// missing codes is an error.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [RunsTransformation(ExceptOthers = true)]
    [ValidateNotNull]
    public CodeRun[] Run { get; set; } = [];

    /// <summary>Return all codes of the promotion of a generate job or run, including those that other jobs have generated.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    // One job at a time, so that the codes of two jobs do not mix.
    private protected override int MaxConcurrency => 1;

    private protected override object? ErrorTarget => ParameterSetName == RunSet ? Run : base.ErrorTarget;

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (ParameterSetName == RunSet)
        {
            ForEachRun(Run, (context, run) => StartReceive(
                context, run.PromotionId, run.PromotionId, cancellationToken => ReceiveRunAsync(context, run, cancellationToken)));
        }
        else
        {
            base.ProcessInput();
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessJob(StoreContext context, string promotionId, string jobId, PromotionJob? job) =>
        StartReceive(context, promotionId, job ?? (object)jobId, async cancellationToken =>
        {
            PromotionJob now = await JobFinder.GetCompletedAsync(context.Api.Jobs, promotionId, jobId, job, cancellationToken);
            await (JobStatuses.Is(now.JobType, JobTypes.Export) ? ReceiveFileAsync(context, now, cancellationToken)
                : All ? ReceiveAllAsync(context, promotionId, cancellationToken)
                : ReceiveOwnAsync(context, new JobCodes(now, BatchName.Parse(now.Name)?.Run), cancellationToken));
        });

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    private void StartReceive(StoreContext context, string promotionId, object target, Func<CancellationToken, Task> receive)
    {
        WorkStep step = _progress.Add(context.Directory.Identify(promotionId).ToString());
        Start(target, async cancellationToken =>
        {
            using (step)
            {
                _received = 0;
                _status = CountReceived;
                step.Report(() => _status());
                await receive(cancellationToken);
            }
        });
    }

    private async Task ReceiveRunAsync(StoreContext context, CodeRun run, CancellationToken cancellationToken) =>
        await (All
            ? ReceiveAllAsync(context, run.PromotionId, cancellationToken)
            : ReceiveOwnAsync(context, await RunCodes.FindAsync(context.Api.Jobs, run, context.Pages, cancellationToken), cancellationToken));

    private async Task ReceiveFileAsync(StoreContext context, PromotionJob job, CancellationToken cancellationToken)
    {
        using TemporaryFileStream file = SpoolFile.Open();
        _status = () => DownloadStatus.Of(file.Written, CountReceived());
        await context.Api.Jobs.DownloadJobFileAsync(job.PromotionId, job.JobId, file, cancellationToken);
        file.Position = 0;
        _status = CountReceived;
        ExportedCodes codes = new();
        await WriteObjectsAsync(context.Store.Connection.ExportFiles.ReadRows(file, job).Select(row =>
        {
            _received++;
            return codes.Create(row);
        }));
    }

    private Task ReceiveOwnAsync(StoreContext context, OwnCodes own, CancellationToken cancellationToken) =>
        new OwnCodeLister(context.Api.Jobs, context.Api.Codes, context.Clock, context.Store.ConsistencyWindow)
            .ListAsync(own, WriteCodeAsync, WriteWarningAsync, cancellationToken);

    private Task ReceiveAllAsync(StoreContext context, string promotionId, CancellationToken cancellationToken) =>
        new CodeLister(context.Api.Codes, promotionId).ListAllAsync(
            async code =>
            {
                await WriteCodeAsync(code);
                return true;
            },
            cancellationToken);

    private Task WriteCodeAsync(PromotionCode code)
    {
        _received++;
        return WriteObjectAsync(code);
    }

    private string CountReceived() => MessageText.Of(SR.ProgressCodes, _received);
}
