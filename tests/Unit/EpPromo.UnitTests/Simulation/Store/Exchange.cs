using EpPromo.Api;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One request and what the client gets to see of its answer. Whoever waits for it may be killed or may stop waiting; the request
/// goes its way.
/// </summary>
internal sealed class Exchange<T>
{
    private readonly TaskCompletionSource<T> _answer = new();
    private readonly CancellationTokenRegistration _stop;
    private readonly Action<string>? _record;

    /// <summary>A request that has just been sent.</summary>
    /// <param name="record">Tells the history how it ended; null when there is none.</param>
    /// <param name="cancellationToken">Stops the waiting for the answer.</param>
    public Exchange(Action<string>? record, CancellationToken cancellationToken)
    {
        _record = record;
        _stop = cancellationToken.Register(() => _answer.TrySetCanceled(cancellationToken));
    }

    public Task<T> Task => _answer.Task;

    public void Answer(T answer)
    {
        _stop.Dispose();
        _record?.Invoke(Words(answer));
        _answer.TrySetResult(answer);
    }

    public void Fail(EpPromoException error)
    {
        _stop.Dispose();
        _record?.Invoke($"{error.ErrorId}: {error.Message}");
        _answer.TrySetException(error);
    }

    private static string Words(T answer) => answer switch
    {
        Page<PromotionJob> page => string.Join(", ", page.Items.Select(job => $"{job.JobId} {job.Status}")),
        PromotionJob job => $"{job.JobId} {job.Status}",
        _ => "done",
    };
}
