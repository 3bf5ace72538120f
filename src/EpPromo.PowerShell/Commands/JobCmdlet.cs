using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that processes jobs, given as objects, or by promotion id and job id.</summary>
public abstract class JobCmdlet : StoreCmdlet
{
    private protected const string JobSet = "Job";
    private protected const string IdSet = "Id";

    /// <summary>Jobs, for example from New-EpPromotionJob or Get-EpPromotionJob.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PromotionJob[] Job { get; set; } = [];

    /// <summary>The id of the promotion that the jobs belong to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PromotionIdCompleter))]
    [IdsTransformation(Default = "")]
    [AllowEmptyString]
    public string PromotionId { get; set; } = "";

    /// <summary>Ids of jobs of the promotion.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [IdsTransformation(Default = "", DefaultItem = "")]
    [AllowEmptyString]
    public string[] JobId { get; set; } = [];

    private protected override object? ErrorTarget => ParameterSetName == IdSet ? PromotionId : null;

    /// <summary>Processes one job.</summary>
    /// <param name="promotionId">Its promotion.</param>
    /// <param name="jobId">Its id.</param>
    /// <param name="job">The job itself, if it was given as an object.</param>
    private protected abstract void ProcessJob(string promotionId, string jobId, PromotionJob? job);

    /// <inheritdoc/>
    private protected sealed override void ProcessInput()
    {
        if (ParameterSetName == JobSet)
        {
            ForEachInput(Job, job => ProcessJob(Identifier.Checked(job.PromotionId), Identifier.Checked(job.JobId), job));
            return;
        }

        Identifier.Check(PromotionId);
        ForEachInput(JobId, jobId =>
        {
            Identifier.Check(jobId);
            ProcessJob(PromotionId, jobId, null);
        });
    }
}
