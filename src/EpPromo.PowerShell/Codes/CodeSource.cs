using EpPromo.PowerShell.Files;
using EpPromo.Text;

namespace EpPromo.PowerShell.Codes;

/// <summary>What is exported: a promotion with all its codes, the codes of a job, or those of a run on one promotion.</summary>
/// <param name="PromotionId">The promotion, validated.</param>
internal sealed record CodeSource(string PromotionId)
{
    /// <summary>The id of the job, or null.</summary>
    public string? JobId { get; init; }

    /// <summary>The job, if it was given as an object.</summary>
    public PromotionJob? Job { get; init; }

    /// <summary>The run, or null.</summary>
    public CodeRun? Run { get; init; }

    /// <summary>Whether the file gets all rows of an export, as far as that is known from the input.</summary>
    public bool IsWholeExport => Job is { } job ? JobStatuses.Is(job.JobType, JobTypes.Export) : JobId is null && Run is null;

    /// <summary>Whose codes the file gets.</summary>
    /// <param name="promotion">The promotion.</param>
    public OutputTarget TargetIn(OutputTarget promotion) => promotion with { JobId = JobId, JobName = Job?.Name, Run = Run?.Name };

    /// <summary>What the export does, for -WhatIf and -Confirm.</summary>
    /// <param name="file">The file.</param>
    public string Describe(string file) =>
        JobId is not null ? MessageText.Of(SR.ConfirmExportJob, file, JobId)
        : Run is not null ? MessageText.Of(SR.ConfirmExportRun, file, Run.Name)
        : MessageText.Of(SR.ConfirmExport, file);
}
