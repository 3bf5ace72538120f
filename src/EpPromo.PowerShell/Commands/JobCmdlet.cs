using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that processes jobs, given as objects, or by promotion id and job id.</summary>
public abstract class JobCmdlet : PromotionKindCmdlet
{
    private protected const string JobSet = "Job";
    private protected const string IdSet = "Id";

    // Not mandatory: PowerShell would ask for a job, which nobody can type.

    /// <summary>Jobs, for example from New-EpPromotionJob or Get-EpPromotionJob.</summary>
    [Parameter(Position = 0, ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PromotionJob[] Job { get; set; } = [];

    // A row is bound as a whole: its column Store says which store to use.

    /// <summary>The promotion that the jobs belong to: its name, its id, or an object such as a promotion of Get-EpPromotion.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation(ExceptRuns = true, ExceptTexts = true)]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>Ids of jobs of the promotion.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [IdsTransformation(Default = "", DefaultItem = "")]
    [AllowEmptyString]
    public string[] JobId { get; set; } = [];

    private protected override object? ErrorTarget => ParameterSetName == IdSet ? TextsOf(Promotion) : null;

    /// <summary>Processes one job.</summary>
    /// <param name="context">Its store.</param>
    /// <param name="promotionId">Its promotion.</param>
    /// <param name="jobId">Its id.</param>
    /// <param name="job">The job itself, if it was given as an object.</param>
    private protected abstract void ProcessJob(StoreContext context, string promotionId, string jobId, PromotionJob? job);

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (ParameterSetName == JobSet)
        {
            if (Job.Length == 0)
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NoJobs), MyInvocation.MyCommand.Name);
            }

            ForEachInput(Job, job => ProcessJob(ContextFor(job.Origin), Identifier.Checked(job.PromotionId), Identifier.Checked(job.JobId), job));
            return;
        }

        if (CheckedIds(JobId) is { Length: > 0 } jobs)
        {
            ForEachPromotion(Promotion, (context, promotion) => ForEachInput(jobs, jobId => ProcessJob(context, promotion.PromotionId, jobId, null)));
        }
    }
}
