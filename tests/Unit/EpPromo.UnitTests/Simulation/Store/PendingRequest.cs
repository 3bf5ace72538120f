using EpPromo.Api;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// A request that was sent, and the response as the client sees it. The client may be killed or stop waiting; the request is processed
/// all the same.
/// </summary>
internal sealed class PendingRequest<T>
{
    private readonly TaskCompletionSource<T> _response = new();
    private readonly CancellationTokenRegistration _cancellation;
    private readonly Action<string>? _record;

    /// <summary>A request that has just been sent.</summary>
    /// <param name="record">Records in the history how the request ended; null when no history is kept.</param>
    /// <param name="cancellationToken">Stops waiting for the response.</param>
    public PendingRequest(Action<string>? record, CancellationToken cancellationToken)
    {
        _record = record;
        _cancellation = cancellationToken.Register(() => _response.TrySetCanceled(cancellationToken));
    }

    public Task<T> Task => _response.Task;

    public void Complete(T response)
    {
        _cancellation.Dispose();
        _record?.Invoke(Describe(response));
        _response.TrySetResult(response);
    }

    public void Fail(EpPromoException error)
    {
        _cancellation.Dispose();
        _record?.Invoke($"{error.ErrorId}: {error.Message}");
        _response.TrySetException(error);
    }

    private static string Describe(T response) => response switch
    {
        Page<PromotionJob> page => string.Join(", ", page.Items.Select(job => $"{job.JobId} {job.Status}")),
        PromotionJob job => $"{job.JobId} {job.Status}",
        _ => "done",
    };
}
