using System.Diagnostics;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Http.Secrets;
using EpPromo.Stores;
using EpPromo.Text;
using EpPromo.Time;
using Flurl.Http;

namespace EpPromo.Http.Transport;

/// <summary>
/// Makes one attempt of a request: sends it when the rate limit allows, and reads the response within the time limits. It returns a
/// response with any status but a redirect, and throws an <see cref="AttemptException"/> or the cancellation of the caller.
/// </summary>
internal sealed class ApiTransport : IDisposable
{
    /// <summary>A Date header outside of these years is ignored.</summary>
    private const int MinYear = 2001;
    private const int MaxYear = 8999;

    private const int MaxHostLength = 100;

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

    /// <summary>Sends <paramref name="request"/>.</summary>
    /// <param name="request">What to send. Its URL must be on the store's own origin.</param>
    /// <param name="content">The body of this attempt, or null.</param>
    /// <param name="secret">The bearer token, or the client secret that the body holds. It is removed from every text that comes back.</param>
    /// <param name="authorization">The Authorization header, or null for none.</param>
    /// <param name="call">The call that this is an attempt of.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<ApiResponse> SendAsync(
        ApiRequest request,
        SingleUseContent? content,
        string secret,
        string? authorization,
        CallContext call,
        CancellationToken cancellationToken)
    {
        int epoch = await _limiter.EnterAsync(request.Kind, call, cancellationToken);
        using Deadline deadline = new(call, cancellationToken);
        Stopwatch elapsed = Stopwatch.StartNew();
        SecretRedactor redactor = new(secret);
        _counters.CountRequest();
        call.LogSending(request, content is { HasBytes: true });
        try
        {
            deadline.Start(_options.AttemptTimeout);
            using IFlurlResponse response = await Prepare(request, authorization)
                .SendAsync(request.Method, content, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .WaitAsync(deadline.Token, late => late.Dispose());
            ApiResponse read = await ReadAsync(request, response.ResponseMessage, redactor, epoch, deadline, call, elapsed);
            call.LogResponse(request, read);
            return read;
        }
        catch (AttemptException failed)
        {
            call.LogFailed(request, failed.Message, elapsed.Elapsed);
            throw;
        }
        catch (Exception e) when (TransportCause.IsTransport(e))
        {
            bool notSent = IsNotSent(content, e);
            call.MayHaveBeenSent |= !notSent;
            cancellationToken.ThrowIfCancellationRequested();
            AttemptException failed = Explain(e, notSent, deadline, redactor, new Uri(request.Url));
            call.LogFailed(request, failed.Message, elapsed.Elapsed);
            throw failed;
        }
    }

    public void Dispose() => _client.Dispose();

    private FlurlRequest Prepare(ApiRequest request, string? authorization)
    {
        Uri target = new(request.Url);
        const UriComponents origin = UriComponents.SchemeAndServer;
        if (Uri.Compare(target, _options.BaseUri, origin, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new InvalidOperationException("A request left the store's origin.");
        }

        FlurlRequest prepared = new(request.Url) { Client = _client };
        prepared.Headers.Add("Accept", "application/json");
        if (authorization is not null)
        {
            // The request for a token has none of these: a token belongs to the organization, not to one of its stores (api-contract.md
            // section 2).
            prepared.Headers.Add("Authorization", authorization);
            if (_options.Organization is { } organization)
            {
                prepared.Headers.Add("EP-Org-ID", organization.OrganizationId);
                prepared.Headers.Add("EP-Store-ID", organization.StoreId);
            }
        }

        return prepared;
    }

    private async Task<ApiResponse> ReadAsync(
        ApiRequest request,
        HttpResponseMessage response,
        SecretRedactor redactor,
        int epoch,
        Deadline deadline,
        CallContext call,
        Stopwatch elapsed)
    {
        int status = (int)response.StatusCode;
        if (response.Headers.Date is { Year: >= MinYear and <= MaxYear } date)
        {
            _serverClock.Observe(date);
        }

        TimeSpan? retryAfter = RetryAfterHeader.Read(response.Headers, _serverClock.UtcNow);
        AdaptRate(status, epoch, retryAfter);
        call.LogStatus(request, status, elapsed.Elapsed);
        if (HttpStatus.IsRedirect(status))
        {
            throw AttemptException.Redirected(HostOf(response.Headers.Location, redactor));
        }

        Utf8Text body = await BodyReader.ReadAsync(response.Content, _options.IdleTimeout, _options.MaxResponseBytes, deadline);
        return new ApiResponse(
            status,
            DisplayText.Clean(redactor.Redact(response.ReasonPhrase ?? "")),
            redactor.MayBeIn(body.Span) ? Utf8Text.Of(redactor.Redact(body.ToString())) : body,
            retryAfter);
    }

    private void AdaptRate(int status, int epoch, TimeSpan? retryAfter)
    {
        if (status == HttpStatus.TooManyRequests)
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
    /// A body that the handler did not begin to write was not sent. For a request without bytes the exception must say so too, because a
    /// handler may have no reason to ask an empty body for its bytes.
    /// </summary>
    private static bool IsNotSent(SingleUseContent? content, Exception e) => content switch
    {
        null => TransportCause.IsNeverConnected(e),
        { HasBytes: true } => content.Revoke(),
        _ => content.Revoke() && TransportCause.IsNeverConnected(e),
    };

    private static AttemptException Explain(Exception e, bool notSent, Deadline deadline, SecretRedactor redactor, Uri target)
    {
        string? timedOut = deadline.IsOver ? AttemptException.NoResponse(deadline.Limit).Message : null;
        string reason = TransportCause.Describe(e, target, redactor);
        Exception? cause = TransportCause.Safe(e, redactor);
        return notSent ? AttemptException.NotSent(timedOut ?? reason, cause)
            : timedOut is not null ? AttemptException.NoResponse(deadline.Limit)
            : AttemptException.Broken(reason, cause);
    }

    /// <summary>Where a redirect leads: only the host, because the path may hold anything.</summary>
    private string HostOf(Uri? location, SecretRedactor redactor) =>
        location is not null && Uri.TryCreate(_options.BaseUri, location, out Uri? target)
            ? DisplayText.Short(redactor.Redact(HostName.Of(target) ?? ""), MaxHostLength)
            : "";
}
