using System.Diagnostics;
using EpPromo.Stores;
using EpPromo.Text;
using EpPromo.Time;
using Flurl.Http;

namespace EpPromo.Http;

/// <summary>
/// Sends one try of a request and reads its answer, within the rate and the time allowed. What comes back is an answer of any
/// status but a redirect; what is thrown is an <see cref="AttemptException"/>, or the caller's own cancellation.
/// </summary>
internal sealed class ApiTransport : IDisposable
{
    /// <summary>A Date header outside of these is no time that can be counted with.</summary>
    private const int OldestYear = 2000;
    private const int NewestYear = 9000;

    private readonly StoreOptions _options;
    private readonly StoreCounters _counters;
    private readonly ServerClock _serverClock;
    private readonly AdaptiveRateLimiter _limiter;
    private readonly FlurlClient _client;

    public ApiTransport(
        StoreOptions options, FlurlClient client, StoreCounters counters, ServerClock serverClock, AdaptiveRateLimiter limiter)
    {
        _options = options;
        _client = client;
        _counters = counters;
        _serverClock = serverClock;
        _limiter = limiter;
    }

    /// <summary>Sends <paramref name="request"/> with a body of its own.</summary>
    /// <param name="request">What to send; its URL is on the store's own origin, or it is not sent.</param>
    /// <param name="body">The body of this try, or null.</param>
    /// <param name="secret">The bearer token, or the client secret that the body holds; no text that comes back keeps it.</param>
    /// <param name="authorization">The Authorization header, or null for none.</param>
    /// <param name="call">The call that this is a try of.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<ApiAnswer> SendAsync(
        ApiRequest request, SentBody? body, string secret, string? authorization, Call call, CancellationToken cancellationToken)
    {
        int epoch = await _limiter.EnterAsync(call.Budget, cancellationToken);
        using Deadline deadline = new(call.Budget, cancellationToken);
        Stopwatch elapsed = Stopwatch.StartNew();
        SecretMask mask = new(secret);
        _counters.CountRequest();
        call.Log.Sending(request, body is { HasBytes: true });
        try
        {
            deadline.Begin(_options.AttemptTimeout);
            using IFlurlResponse response = await Prepare(request, authorization)
                .SendAsync(request.Method, body, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .OrCancelled(deadline.Token, late => late.Dispose());
            ApiAnswer answer = await ReadAsync(request, response.ResponseMessage, mask, epoch, deadline, call, elapsed);
            call.Log.Answered(request, answer);
            return answer;
        }
        catch (AttemptException failed)
        {
            call.Log.Failed(request, failed.Message, elapsed.Elapsed);
            throw;
        }
        catch (Exception e) when (TransportCause.IsTransport(e))
        {
            bool notSent = IsNotSent(body, e);
            call.MayHaveBeenSent |= !notSent;
            cancellationToken.ThrowIfCancellationRequested();
            AttemptException failed = Explain(e, notSent, deadline, mask, request.Url.ToUri());
            call.Log.Failed(request, failed.Message, elapsed.Elapsed);
            throw failed;
        }
    }

    public void Dispose() => _client.Dispose();

    private FlurlRequest Prepare(ApiRequest request, string? authorization)
    {
        Uri target = request.Url.ToUri();
        const UriComponents origin = UriComponents.SchemeAndServer;
        if (Uri.Compare(target, _options.BaseUri, origin, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new InvalidOperationException("A request left the store's origin.");
        }

        FlurlRequest prepared = new(request.Url) { Client = _client };
        prepared.Headers.Add("Accept", "application/json");
        if (authorization is not null)
        {
            // A token is asked for without these: it is the organization's, whichever of its stores it is used for (api-contract.md section 2).
            prepared.Headers.Add("Authorization", authorization);
            if (_options.Organization is { } organization)
            {
                prepared.Headers.Add("EP-Org-ID", organization.OrganizationId);
                prepared.Headers.Add("EP-Store-ID", organization.StoreId);
            }
        }

        return prepared;
    }

    private async Task<ApiAnswer> ReadAsync(
        ApiRequest request, HttpResponseMessage response, SecretMask mask, int epoch, Deadline deadline, Call call, Stopwatch elapsed)
    {
        int status = (int)response.StatusCode;
        if (response.Headers.Date is { Year: > OldestYear and < NewestYear } date)
        {
            _serverClock.Observe(date);
        }

        TimeSpan? retryAfter = RetryAfter.Of(response.Headers, _serverClock.UtcNow);
        Adapt(status, epoch, retryAfter);
        call.Log.Status(request, status, elapsed.Elapsed);
        if (status is >= 300 and < 400)
        {
            throw AttemptException.Redirected(HostOf(response.Headers.Location, mask));
        }

        string text = await BodyReader.ReadAsync(response.Content, _options.IdleTimeout, _options.MaxAnswerBytes, deadline);
        return new ApiAnswer(
            status,
            DisplayText.Clean(mask.Hide(response.ReasonPhrase ?? "")),
            mask.Hide(text),
            retryAfter);
    }

    private void Adapt(int status, int epoch, TimeSpan? retryAfter)
    {
        const int tooManyRequests = 429;
        if (status == tooManyRequests)
        {
            _counters.CountThrottled();
            _limiter.Throttled(epoch, retryAfter ?? TimeSpan.Zero);
        }
        else if (status < 500)
        {
            _limiter.Accepted();
        }
    }

    /// <summary>
    /// A body that was never begun was never sent; a request without bytes needs the exception to say so too, because a handler may
    /// have no reason to ask an empty body for its bytes.
    /// </summary>
    private static bool IsNotSent(SentBody? body, Exception e) => body switch
    {
        null => TransportCause.IsNeverConnected(e),
        { HasBytes: true } => body.Revoke(),
        _ => body.Revoke() && TransportCause.IsNeverConnected(e),
    };

    private static AttemptException Explain(Exception e, bool notSent, Deadline deadline, SecretMask mask, Uri target)
    {
        string? timedOut = deadline.IsOver ? AttemptException.NoAnswer(deadline.Given).Message : null;
        string reason = TransportCause.Describe(e, mask);
        if (target.IsLoopback && target.Scheme == Uri.UriSchemeHttps && TransportCause.IsTls(e))
        {
            reason = $"{reason} {SR.DetailPlainHttpHint}";
        }

        Exception? cause = TransportCause.Safe(e, mask);
        return notSent ? AttemptException.NotSent(timedOut ?? reason, cause)
            : timedOut is not null ? AttemptException.NoAnswer(deadline.Given)
            : AttemptException.Broken(reason, cause);
    }

    /// <summary>Where a redirect leads: the host and no more, for its path may hold anything.</summary>
    private string HostOf(Uri? location, SecretMask mask) =>
        location is not null && Uri.TryCreate(_options.BaseUri, location, out Uri? target)
            ? DisplayText.Short(mask.Hide(HostName.Of(target) ?? ""), 100)
            : "";
}
