using System.Globalization;
using EpPromo.Api;
using EpPromo.Http.Requests;
using EpPromo.Http.Secrets;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Http.Transport;

/// <summary>
/// One call with all its attempts: how much time it has left, how its attempts failed, and what <c>-Verbose</c> and <c>-Debug</c> show of
/// them. None of that holds a secret: headers, and bodies with a secret, are not shown.
/// </summary>
internal sealed class CallContext
{
    private const int MaxBodyLength = 4000;

    private readonly IClock _clock;
    private TimeSpan _used;
    private DateTimeOffset? _runningSince;

    /// <summary>Starts a call.</summary>
    /// <param name="observer">Is notified of each attempt.</param>
    /// <param name="timeout">How long the call may take with all its attempts.</param>
    /// <param name="clock">What the time is measured by.</param>
    /// <param name="isFirstConnection">Whether no store has responded at this address yet, so that it may be mistyped.</param>
    public CallContext(IRequestObserver observer, TimeSpan timeout, IClock clock, bool isFirstConnection = false)
    {
        Observer = observer;
        _clock = clock;
        _runningSince = clock.UtcNow;
        Timeout = timeout;
        IsFirstConnection = isFirstConnection;
    }

    public IRequestObserver Observer { get; }

    public TimeSpan Timeout { get; }

    /// <summary>
    /// What is left of <see cref="Timeout"/>. Waiting for the rate limit, or for a token that is shared with other calls, does not count,
    /// because the store is not the cause. A pause that the store requests counts.
    /// </summary>
    public TimeSpan Remaining => Timeout > Used ? Timeout - Used : TimeSpan.Zero;

    public bool IsFirstConnection { get; }

    /// <summary>How many attempts got no response of the API: none at all, or one that may come from another host.</summary>
    public int AttemptsWithoutApi { get; private set; }

    /// <summary>How many responses were malformed.</summary>
    public int MalformedResponses { get; private set; }

    /// <summary>How many of these were so large that they should not be downloaded many times.</summary>
    public int LargeMalformedResponses { get; private set; }

    /// <summary>Whether an attempt was interrupted after some of it may have been sent.</summary>
    public bool MayHaveBeenSent { get; set; }

    private TimeSpan Used => _runningSince is { } since ? _used + (_clock.UtcNow - since) : _used;

    /// <summary>Restarts the timeout of the call, because it made progress.</summary>
    public void RestartTime()
    {
        _used = TimeSpan.Zero;
        _runningSince = _clock.UtcNow;
    }

    /// <summary>Awaits <paramref name="work"/> without counting its time.</summary>
    public async Task<T> UntimedAsync<T>(Func<Task<T>> work)
    {
        _used = Used;
        _runningSince = null;
        try
        {
            return await work();
        }
        finally
        {
            _runningSince = _clock.UtcNow;
        }
    }

    /// <summary>Counts a failed attempt.</summary>
    public void Count(AttemptException failed)
    {
        AttemptsWithoutApi += failed.IsResponseOfApi ? 0 : 1;
        MalformedResponses += failed.IsMalformedResponse ? 1 : 0;
        LargeMalformedResponses += failed is { IsMalformedResponse: true, IsLarge: true } ? 1 : 0;
    }

    public void LogSending(ApiRequest request, bool hasBody)
    {
        if (hasBody && Observer.ShowsBodies)
        {
            Observer.Debug(request.Body is { } json
                ? MessageText.Of(SR.DebugRequestBody, request.Name, DisplayText.Short(json, MaxBodyLength))
                : MessageText.Of(SR.DebugSecretRequest, request.Name));
        }
    }

    public void LogStatus(ApiRequest request, int status, TimeSpan elapsed)
    {
        if (Observer.ShowsLines)
        {
            LogVerbose($"{request.Name} -> {status} ({elapsed.TotalMilliseconds:0} ms)");
        }
    }

    public void LogResponse(ApiRequest request, ApiResponse response)
    {
        if (response.Body.Length > 0 && Observer.ShowsBodies)
        {
            // Whatever the status is, because a gateway may replace it on a response that holds the secret. The message of an error has its
            // text.
            Observer.Debug(request.HasSecretResponse
                ? MessageText.Of(SR.DebugSecretResponse, request.Name)
                : MessageText.Of(SR.DebugResponseBody, request.Name, DisplayText.Short(SecretRedactor.RemoveUserInfo(response.Body.ToString()), MaxBodyLength)));
        }
    }

    public void LogFailed(ApiRequest request, string reason, TimeSpan elapsed) =>
        LogVerbose($"{request.Name} -> failed: {reason} ({elapsed.TotalMilliseconds:0} ms)");

    /// <summary>Reports that an attempt failed and that the next one follows after <paramref name="delay"/>.</summary>
    public void ReportRetry(string requestName, string host, int retry, TimeSpan delay, string reason)
    {
        LogVerbose($"{requestName}: retry {retry} in {delay.TotalMilliseconds:0} ms: {reason}");
        Observer.Failed(host, reason, Used, delay);
    }

    /// <summary>Reports that a write failed without a certain result.</summary>
    public void ReportUncertain(string host, AttemptException failed) =>
        Observer.Failed(host, failed.Message, Used, failed.RetryAfter ?? TimeSpan.Zero);

    public void LogVerbose(FormattableString line)
    {
        if (Observer.ShowsLines)
        {
            Observer.Verbose(DisplayText.Clean(line.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
