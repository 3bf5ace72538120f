using EpPromo.Codes.Exports;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>The codes that a run has on a promotion.</summary>
internal sealed class RunCodes : OwnCodes
{
    private readonly string _name;
    private readonly int _count;
    private readonly IReadOnlyList<PromotionJob> _jobs;

    /// <summary>The codes of a run that has completed.</summary>
    /// <param name="request">The run.</param>
    /// <param name="journal">Its jobs.</param>
    /// <param name="count">How many codes it has.</param>
    public RunCodes(CodeRunRequest request, RunJournal journal, int count)
        : base(request.PromotionId, request.CodePrefix, request.CodeLength, journal.CountedJobs)
    {
        _name = request.Name;
        _count = count;
        _jobs = [.. journal.Batches.Select(batch => batch.Job)];
    }

    /// <inheritdoc/>
    public override int? Count => _count;

    /// <summary>Jobs that have failed may have left codes, too.</summary>
    public override IReadOnlyList<PromotionJob> OtherJobs => _jobs;

    /// <inheritdoc/>
    public override bool IsCountReported => true;

    /// <inheritdoc/>
    protected override string Subject => MessageText.Of(SR.DetailRun, _name);

    /// <summary>Codes of the run may have been deleted a moment ago.</summary>
    public override TimeSpan LagAt(DateTimeOffset now, TimeSpan window) => window;

    /// <inheritdoc/>
    public override EpPromoException Incomplete(int found) =>
        new(ErrorKind.InvalidResponse, nameof(SR.ExportIncomplete), _name, PromotionId, found, _count);
}
