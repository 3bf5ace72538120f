using EpPromo.Api;

namespace EpPromo.Jobs.Creation;

/// <summary>The attempts of one create: what is sent, how the attempts so far have ended, and whether there may be another one.</summary>
internal sealed class CreateAttempts
{
    private readonly DateTimeOffset _startedAt;
    private DateTimeOffset _lastResponseAt;

    /// <summary>The attempts to create <paramref name="job"/>; none so far.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="job">What is sent, with its name.</param>
    /// <param name="match">Recognizes the job in a list.</param>
    /// <param name="startedAt">When the create started, by this machine's clock.</param>
    public CreateAttempts(string promotionId, NewJob job, JobMatch match, DateTimeOffset startedAt)
    {
        PromotionId = promotionId;
        Job = job;
        Match = match;
        _startedAt = startedAt;
    }

    /// <summary>The promotion.</summary>
    public string PromotionId { get; }

    /// <summary>What is sent, with its name.</summary>
    public NewJob Job { get; }

    /// <summary>Recognizes the job in a list.</summary>
    public JobMatch Match { get; }

    /// <summary>How often the create was sent.</summary>
    public int Sends { get; private set; }

    /// <summary>How often the store responded with 429.</summary>
    public int ThrottledSends { get; private set; }

    /// <summary>How the last attempt failed, or null if there was none.</summary>
    public UncertainResultException? LastFailure { get; private set; }

    /// <summary>Whether an attempt may have created the job although its response was lost. A 429 is sent before any work is done.</summary>
    public bool MayHaveCreated { get; private set; }

    /// <summary>Whether the job may be created twice: an export changes nothing.</summary>
    public bool IsRepeatable => Job.JobType == JobTypes.Export;

    /// <summary>Whether the last attempt was rejected with 429.</summary>
    public bool IsThrottled => LastFailure?.Throttled == true;

    /// <summary>Whether the last attempt was rejected with 429, and the store requests a longer delay than a create has.</summary>
    public bool IsThrottledTooLong => IsThrottled && _lastResponseAt + LastFailure?.RetryAfter > _startedAt + RetryLimit.Default;

    /// <summary>Counts an attempt that is about to be sent.</summary>
    public void AddSend() => Sends++;

    /// <summary>Records that an attempt has failed: whether it created the job is uncertain.</summary>
    public void AddFailure(UncertainResultException failure, DateTimeOffset now)
    {
        LastFailure = failure;
        _lastResponseAt = now;
        ThrottledSends += failure.Throttled ? 1 : 0;
        MayHaveCreated |= !failure.Throttled;
    }

    /// <summary>Whether the time for throttled attempts is over.</summary>
    public bool IsThrottlingLimitReached(DateTimeOffset now) => now - _startedAt >= RetryLimit.Default;

    /// <summary>Whether the create may be sent once more.</summary>
    public bool MaySendAgain(DateTimeOffset now) =>
        (IsThrottled ? !IsThrottlingLimitReached(now) : Sends - ThrottledSends < RetryLimit.MaxSends) && RemainingRetryAfter(now) < RetryLimit.Default;

    /// <summary>What is left of the delay that the store has requested: searching for the job took some of it. Zero or less if nothing is.</summary>
    public TimeSpan RemainingRetryAfter(DateTimeOffset now) => _lastResponseAt + LastFailure?.RetryAfter - now ?? TimeSpan.Zero;
}
