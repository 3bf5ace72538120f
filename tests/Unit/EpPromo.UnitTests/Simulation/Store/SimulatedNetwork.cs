using EpPromo.Http.Requests;
using EpPromo.Http.Transport;
using EpPromo.Time;
using EpPromo.UnitTests.Http;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The network between one client and the <see cref="SimulatedServer"/>: every request takes time, and any request can fail in all ways
/// that <see cref="IFakeApi"/> can show.
/// </summary>
internal sealed class SimulatedNetwork
{
    /// <summary>The longest time that a client waits for a response before it gives the request up.</summary>
    private static readonly TimeSpan s_attemptTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest time that a read takes with all its attempts.</summary>
    private static readonly TimeSpan s_callTimeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan s_shortestLatency = TimeSpan.FromMilliseconds(5);
    private static readonly Fault[] s_outageWriteFaults = [Fault.NotSent, Fault.LostBefore];
    private static readonly Fault[] s_outageReadFaults = [Fault.Unavailable];

    private readonly SimulatedWorld _world;
    private readonly SimulatedRandom _random;
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly ServerClock _serverClock;
    private readonly Dictionary<Fault, int> _faults = [];
    private readonly HashSet<int> _callsWithLostResponses = [];
    private readonly AdaptiveRateLimiter? _limiter;

    public SimulatedNetwork(SimulatedWorld world, SimulatedServer server, SimulatedProcess process)
    {
        _world = world;
        _random = world.Random;
        _server = server;
        _process = process;
        _serverClock = new ServerClock(process.Clock);
        _limiter = double.IsInfinity(Behaviour.RequestsPerSecond) ? null : new AdaptiveRateLimiter(Behaviour.RequestsPerSecond, process.Clock);
    }

    /// <summary>The store's time, as the client derives it from the <c>Date</c> headers.</summary>
    public DateTimeOffset ServerTime => _serverClock.UtcNow;

    /// <summary>How many requests have met which fault.</summary>
    public IReadOnlyDictionary<Fault, int> Faults => _faults;

    public IReadOnlySet<int> CallsWithLostResponses => _callsWithLostResponses;

    private StoreBehaviour Behaviour => _server.Behaviour;

    /// <summary>
    /// By when lists show what a killed process has sent: a kill, too, gives requests up, and those are processed and visible within the
    /// consistency window.
    /// </summary>
    private TimeSpan LatestAfterKill => _process.KilledAt is { } killed ? killed + Behaviour.ConsistencyWindow : TimeSpan.MaxValue;

    private bool IsOutage => _world.Elapsed >= Behaviour.OutageBegins && _world.Elapsed < Behaviour.OutageEnds;

    /// <summary>Sends a request that always succeeds.</summary>
    public Task SendSafely(string what) => Send(what, true, Fault.None, () => true, CancellationToken.None);

    public Task<T> Read<T>(string what, Func<T> process, CancellationToken cancellationToken) =>
        Send(what, false, DrawReadFault(Behaviour.ReadFaultChance), process, cancellationToken);

    /// <summary>Sends a write.</summary>
    /// <param name="what">The request, for the history.</param>
    /// <param name="process">Processes it, given the time by when lists must show the result.</param>
    /// <param name="cancellationToken">Stops waiting for the response.</param>
    public Task<T> Write<T>(string what, Func<TimeSpan, T> process, CancellationToken cancellationToken)
    {
        Fault fault = Draw(IsOutage ? s_outageWriteFaults : Behaviour.WriteFaults, IsOutage ? 1 : Behaviour.WriteFaultChance);
        if (fault != Fault.ProcessedLate)
        {
            return Send(what, true, fault, () => process(LatestAfterKill), cancellationToken);
        }

        TimeSpan noticed = _random.LogUniform(s_shortestLatency, s_attemptTimeout);
        TimeSpan latestVisible = _world.Elapsed + noticed + Behaviour.ConsistencyWindow;
        _world.After(
            noticed + _random.Between(TimeSpan.Zero, Behaviour.ConsistencyWindow),
            () =>
            {
                if (_world.Elapsed <= LatestAfterKill)
                {
                    Process(() => process(latestVisible < LatestAfterKill ? latestVisible : LatestAfterKill));
                }
            });
        return Lose<T>(what, noticed, "the connection was closed", cancellationToken);
    }

    private Fault DrawReadFault(double chance) =>
        Draw(IsOutage ? s_outageReadFaults : Behaviour.ReadFaults, IsOutage ? 1 : chance);

    private Fault Draw(Fault[] faults, double chance)
    {
        Fault fault = _world.Elapsed < Behaviour.FaultsEnd && _random.Chance(chance) ? _random.Pick<Fault>(faults) : Fault.None;
        _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        return fault;
    }

    private Task<T> Send<T>(string what, bool isWrite, Fault fault, Func<T> process, CancellationToken cancellationToken) =>
        _limiter is null
            ? SendNow(what, isWrite, fault, process, cancellationToken)
            : SendWhenAllowedAsync(_limiter, what, isWrite, fault, process, cancellationToken);

    private async Task<T> SendWhenAllowedAsync<T>(
        AdaptiveRateLimiter limiter, string what, bool isWrite, Fault fault, Func<T> process, CancellationToken cancellationToken)
    {
        CallContext call = new(new SilentObserver(), s_callTimeout, _process.Clock);
        await limiter.EnterAsync(isWrite ? RequestKind.Write : RequestKind.Read, call, cancellationToken);
        return await SendNow(what, isWrite, fault, process, cancellationToken);
    }

    private Task<T> SendNow<T>(string what, bool isWrite, Fault fault, Func<T> process, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        TimeSpan there = Latency();
        TimeSpan back = Latency();
        switch (fault)
        {
            case Fault.None:
                PendingRequest<T> request = Open<T>(what, cancellationToken);
                _world.After(there, () => Respond(request, Process(process), back));
                return request.Task;

            case Fault.LostBefore:
                return Lose<T>(what, _random.LogUniform(s_shortestLatency, s_attemptTimeout), "no response in time", cancellationToken);

            case Fault.LostAfter:
                _world.After(there, () => Process(process));
                return Lose<T>(what, _random.LogUniform(there, there + s_attemptTimeout), "502 Bad Gateway", cancellationToken);

            default:
                return Fail<T>(what, there + back, ErrorFor(what, isWrite, fault), cancellationToken);
        }
    }

    private EpPromoException ErrorFor(string what, bool isWrite, Fault fault) => fault switch
    {
        Fault.Rejected => StoreErrors.Any(_random),
        Fault.Throttled when isWrite => new UncertainResultException(
            what, "429 Too Many Requests", true, _random.Chance(0.5) ? TimeSpan.FromSeconds(_random.Between(0, 30)) : null),
        Fault.Throttled => StoreErrors.RateLimited(),
        Fault.InvalidResponse => new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.UnexpectedResponse), what, "<html>"),
        _ => new EpPromoException(ErrorKind.Unavailable, nameof(SR.StoreUnavailable), "store", "no connection"),
    };

    private Task<T> Lose<T>(string what, TimeSpan noticed, string reason, CancellationToken cancellationToken)
    {
        PendingRequest<T> request = Open<T>(what, cancellationToken);
        _callsWithLostResponses.Add(CurrentCall.Number);
        _world.After(noticed, () => request.Fail(new UncertainResultException(what, reason)));
        return request.Task;
    }

    private Task<T> Fail<T>(string what, TimeSpan after, EpPromoException error, CancellationToken cancellationToken)
    {
        PendingRequest<T> request = Open<T>(what, cancellationToken);
        TimeSpan attempts = error.Kind == ErrorKind.Unavailable ? _random.LogUniform(s_shortestLatency, s_callTimeout) : TimeSpan.Zero;
        _world.After(after + attempts, () => request.Fail(error));
        return request.Task;
    }

    private PendingRequest<T> Open<T>(string what, CancellationToken cancellationToken)
    {
        _process.ThrowUnlessCurrent();
        _world.Record(_process.Name, $"-> {what}");
        return new PendingRequest<T>(
            _world.KeepsHistory ? end => _world.Record(_process.Name, $"<- {what}: {end}") : null, cancellationToken);
    }

    /// <summary>Lets the server process a request, which returns a response or throws an error.</summary>
    private static (T? Response, ApiException? Error) Process<T>(Func<T> process)
    {
        try
        {
            return (process(), null);
        }
        catch (ApiException error)
        {
            return (default, error);
        }
    }

    private void Respond<T>(PendingRequest<T> request, (T? Response, ApiException? Error) outcome, TimeSpan back)
    {
        DateTimeOffset date = _server.DateHeader();
        _world.After(
            back,
            () =>
            {
                _serverClock.Observe(date);
                if (outcome.Error is { } error)
                {
                    request.Fail(error);
                }
                else
                {
                    request.Complete(outcome.Response!);
                }
            });
    }

    private TimeSpan Latency() => _random.LogUniform(s_shortestLatency, Behaviour.LongestLatency);
}
