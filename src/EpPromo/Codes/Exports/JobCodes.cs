using EpPromo.Text;

namespace EpPromo.Codes.Exports;

/// <summary>The codes that one job has generated.</summary>
internal sealed class JobCodes : OwnCodes
{
    private readonly PromotionJob _job;

    /// <summary>The codes of a job.</summary>
    /// <param name="job">A generate job that has completed.</param>
    /// <param name="run">The run that it belongs to, or null.</param>
    public JobCodes(PromotionJob job, string? run)
        : base(job.PromotionId, job.CodePrefix, job.CodeLength, [job])
    {
        _job = job;
        Run = run;
    }

    /// <inheritdoc/>
    public override string? Run { get; }

    /// <summary>A job that does not report how many codes it generated should have generated the requested number.</summary>
    public override int? Count => _job.Generated ?? _job.NumberOfCodes;

    /// <inheritdoc/>
    public override bool IsCountReported => _job.Generated is not null;

    /// <inheritdoc/>
    protected override string Subject => MessageText.Of(SR.DetailJob, _job.JobId);

    /// <inheritdoc/>
    public override TimeSpan LagAt(DateTimeOffset now, TimeSpan window)
    {
        TimeSpan remaining = _job.UpdatedAt is { } ended ? ended + window - now : window;
        return remaining < TimeSpan.Zero ? TimeSpan.Zero : remaining < window ? remaining : window;
    }

    /// <inheritdoc/>
    public override EpPromoException Incomplete(int found) =>
        new(ErrorKind.InvalidResponse, nameof(SR.JobExportIncomplete), _job.JobId, _job.PromotionId, found, Count);

    /// <inheritdoc/>
    public override string? FindWarning(int found) =>
        Count is not { } count ? MessageText.Of(SR.WarningCodeCountUnknown, _job.JobId, _job.PromotionId, found)
        : found == count ? null
        : MessageText.Of(
            IsCountReported ? SR.WarningCodeCountMismatch : SR.WarningCodeCountNotReported, _job.JobId, _job.PromotionId, count, found);
}
