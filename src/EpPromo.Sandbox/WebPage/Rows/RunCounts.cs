using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Promotions;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>Counts the batches of a run, promotion by promotion.</summary>
internal sealed class RunCounts(string name)
{
    private PromotionState? _promotion;
    private int _plannedForPromotion;
    private int _promotions;
    private int _planned;
    private int _completed;
    private int _failed;
    private int _unfinished;
    private long _codes;
    private DateTimeOffset _firstAt = DateTimeOffset.MaxValue;

    public DateTimeOffset LastAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Adds a batch. Those of one promotion must be added one after another.</summary>
    public void Add(JobState job, string status, int planned)
    {
        if (job.Promotion != _promotion)
        {
            _promotion = job.Promotion;
            _plannedForPromotion = 0;
            _promotions++;
        }

        // The batches of a run that was interrupted and resumed can differ in this.
        _planned += Math.Max(0, planned - _plannedForPromotion);
        _plannedForPromotion = Math.Max(planned, _plannedForPromotion);
        _completed += status == JobStatus.Completed ? 1 : 0;
        _failed += status is JobStatus.Failed or JobStatus.Cancelled ? 1 : 0;
        _unfinished += job.IsFinished ? 0 : 1;
        _codes += job.Generated - job.Deleted;
        _firstAt = job.CreatedAt < _firstAt ? job.CreatedAt : _firstAt;
        LastAt = job.CreatedAt > LastAt ? job.CreatedAt : LastAt;
    }

    public RunRow ToRow() => new(ShortText.Of(name), _promotions, _planned, _completed, _failed, _unfinished, _codes, _firstAt, LastAt);
}
