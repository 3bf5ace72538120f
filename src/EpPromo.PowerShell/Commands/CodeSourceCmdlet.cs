using System.Management.Automation;
using EpPromo.Api;
using EpPromo.Codes.Exports;
using EpPromo.Jobs;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Runs;

namespace EpPromo.PowerShell;

/// <summary>
/// A cmdlet that reads about codes: all codes of promotions, those that a generate job has generated, or those of a run on each of its
/// promotions.
/// </summary>
public abstract class CodeSourceCmdlet : StoreCmdlet
{
    private protected const string PromotionSet = "Promotion";
    private protected const string JobSet = "Job";
    private protected const string RunSet = "Run";

    private bool _isPromotionGiven;

    // Objects of the pipeline other than jobs bind here, runs included: a run has a PromotionId, too, so it would bind by that name at the
    // latest.

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PromotionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(CodePromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    // Not in a set of its own: a row of a table first binds to Promotion as a whole, and its JobId must be allowed, too.

    /// <summary>Ids of generate jobs of the promotion: only the codes that they have generated count.</summary>
    [Parameter(ParameterSetName = PromotionSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [IdsTransformation]
    public string[]? JobId { get; set; }

    /// <summary>Generate jobs that have completed, usually from the pipeline: only the codes that they have generated count.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PromotionJob[] Job { get; set; } = [];

    /// <summary>
    /// Runs of Get-EpPromotionRun or Request-EpPromotionCode, or their names. They can also be piped. Only the codes of the run count, on
    /// each of its promotions. A run with missing codes is an error.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [RunsTransformation]
    [ValidateNotNull]
    public CodeRun[] Run { get; set; } = [];

    private protected override int MaxConcurrency => 8;

    private protected override object? ErrorTarget => ParameterSetName switch
    {
        JobSet => Job,
        RunSet => Run,
        _ => TextsOf(Promotion),
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isPromotionGiven = Promotion.Length > 0;
        Warnings.CheckFilter(nameof(JobId), JobId, "codes");
    }

    /// <summary>Processes one source of codes. On the pipeline thread.</summary>
    private protected abstract void ProcessSource(StoreContext context, CodeSource source);

    /// <summary>Processes a promotion of the input, of which no job or run was given. On the pipeline thread.</summary>
    private protected virtual void ProcessPromotion(StoreContext context, PromotionReference reference, PromotionIdentity promotion) =>
        ProcessSource(context, new CodeSource(promotion.PromotionId));

    /// <summary>Whether the ids of jobs in the input are those of codes, which say from which job a code is.</summary>
    private protected virtual bool IsJobIdOfCode => false;

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        switch (ParameterSetName)
        {
            case JobSet:
                ForEachInput(Job, job => ProcessSource(
                    ContextFor(job.Origin), new CodeSource(Identifier.Checked(job.PromotionId)) { JobId = Identifier.Checked(job.JobId), Job = job }));
                break;
            case RunSet:
                ForEachRun(Run, ProcessRun);
                break;
            default:
                ProcessPromotions();
                break;
        }
    }

    private void ProcessPromotions()
    {
        string[]? jobs = JobId is null || IsJobIdOfCode ? null : CheckedIds(JobId);
        foreach (PromotionReference reference in jobs is { Length: 0 } ? [] : Promotion)
        {
            if (!_isPromotionGiven && RunsTransformationAttribute.IsRun(reference.Row))
            {
                ForEachRun(RunsTransformationAttribute.PartsOf(reference.Row), ProcessRun);
            }
            else
            {
                ForEachPromotion([reference], (context, promotion) =>
                {
                    if (jobs is null)
                    {
                        ProcessPromotion(context, reference, promotion);
                    }
                    else
                    {
                        ForEachInput(jobs, job => ProcessSource(context, new CodeSource(promotion.PromotionId) { JobId = job }));
                    }
                });
            }
        }
    }

    private void ProcessRun(StoreContext context, CodeRun run) => ProcessSource(context, new CodeSource(run.PromotionId) { Run = run });

    /// <summary>Which codes a job or run has generated; null for all codes of the promotion.</summary>
    /// <exception cref="EpPromoException">The job or run has not completed, or it is no job that generates codes.</exception>
    private protected static async Task<OwnCodes?> FindOwnAsync(StoreContext context, CodeSource source, CancellationToken cancellationToken)
    {
        if (source.Run is { } run)
        {
            return await RunCodes.FindAsync(context.Api.Jobs, run, context.Pages, cancellationToken);
        }

        if (source.JobId is null)
        {
            return null;
        }

        PromotionJob job = await JobFinder.GetCompletedAsync(context.Api.Jobs, source.PromotionId, source.JobId, source.Job, cancellationToken);
        return JobStatuses.Is(job.JobType, JobTypes.Generate)
            ? new JobCodes(job, BatchName.Parse(job.Name)?.Run)
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.JobGeneratesNoCodes), job.JobId, job.PromotionId, job.JobType);
    }
}
