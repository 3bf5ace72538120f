using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One client's connection to the <see cref="SimulatedServer"/>: every request takes its time, and goes wrong in every way that
/// <see cref="IPromotionApi"/> can show.
/// </summary>
internal sealed class SimulatedStore : IPromotionApi
{
    /// <summary>The longest that a client waits for an answer before it gives it up for lost.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a read takes with all its tries.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ShortestLatency = TimeSpan.FromMilliseconds(5);
    private static readonly Fault[] OutageWriteFaults = [Fault.NotSent, Fault.LostBefore];
    private static readonly Fault[] OutageReadFaults = [Fault.Unavailable];

    private readonly SimulatedWorld _world;
    private readonly SimulatedRandom _random;
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly ServerClock _serverClock;
    private TimeSpan _nextTurn;

    /// <summary>The connection of <paramref name="process"/> to <paramref name="server"/>.</summary>
    public SimulatedStore(SimulatedWorld world, SimulatedServer server, SimulatedProcess process)
    {
        _world = world;
        _random = world.Random;
        _server = server;
        _process = process;
        _serverClock = new ServerClock(process.Clock);
    }

    public DateTimeOffset ServerTime => _serverClock.UtcNow;

    /// <summary>How many requests have met which fault.</summary>
    public Dictionary<Fault, int> Faults { get; } = [];

    /// <summary>Called when a create is on its way.</summary>
    public Action? CreateSent { get; set; }

    public HashSet<int> CallsWithLostAnswers { get; } = [];

    private StoreBehaviour Behaviour => _server.Behaviour;

    /// <summary>A process that dies gives up what it has sent: this too is processed, and shows in the lists, within the window.</summary>
    private TimeSpan LatestAfterDeath => _process.KilledAt is { } killed ? killed + Behaviour.ConsistencyWindow : TimeSpan.MaxValue;

    private bool IsOutage => _world.Elapsed >= Behaviour.OutageBegins && _world.Elapsed < Behaviour.OutageEnds;

    /// <summary>Signs in, as every session does first; it is how a client learns what time it is at the store.</summary>
    public Task ConnectAsync() => Send("token", true, Fault.None, () => true, CancellationToken.None);

    public Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
    {
        int call = CurrentCall.Number;
        Task<PromotionJob> answer = Write(
            $"create '{job.Name}' on {promotionId} (call {call})",
            latestVisible => _server.Create(promotionId, job, call, latestVisible),
            cancellationToken);
        CreateSent?.Invoke();
        return answer;
    }

    public Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        int call = CurrentCall.Number;
        return Write($"cancel {jobId} on {promotionId} (call {call})", _ => _server.Cancel(promotionId, jobId, call), cancellationToken);
    }

    public Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        Read($"list {promotionId} from {offset}", () => _server.List(promotionId, jobType, offset), cancellationToken);

    public Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        Read($"list codes of {promotionId} after '{after}'", () => _server.ListCodes(promotionId, after, offset), cancellationToken);

    /// <summary>Goes in several requests, each tried again and again, so that of a failed call any part may have been done.</summary>
    public Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        Fault fault = Draw(IsOutage ? OutageReadFaults : Behaviour.ReadFaults, IsOutage ? 1 : Behaviour.WriteFaultChance);
        if (fault != Fault.None && !cancellationToken.IsCancellationRequested)
        {
            string[] done = [.. codes.Take(_random.Next(codes.Count + 1))];
            _world.After(Latency(), () => Process(() => _server.DeleteCodes(promotionId, done)));
        }

        string what = $"delete {codes.Count} codes of {promotionId}";
        return Send(what, false, fault, () => _server.DeleteCodes(promotionId, codes), cancellationToken);
    }

    private Task<T> Read<T>(string what, Func<T> process, CancellationToken cancellationToken)
    {
        Fault fault = Draw(IsOutage ? OutageReadFaults : Behaviour.ReadFaults, IsOutage ? 1 : Behaviour.ReadFaultChance);
        return Send(what, false, fault, process, cancellationToken);
    }

    private Task<PromotionJob> Write(string what, Func<TimeSpan, PromotionJob> process, CancellationToken cancellationToken)
    {
        Fault fault = Draw(IsOutage ? OutageWriteFaults : Behaviour.WriteFaults, IsOutage ? 1 : Behaviour.WriteFaultChance);
        if (fault != Fault.ProcessedLate)
        {
            return Send(what, true, fault, () => process(LatestAfterDeath), cancellationToken);
        }

        TimeSpan noticed = _random.Scattered(ShortestLatency, AttemptTimeout);
        TimeSpan latestVisible = _world.Elapsed + noticed + Behaviour.ConsistencyWindow;
        _world.After(
            noticed + _random.Between(TimeSpan.Zero, Behaviour.ConsistencyWindow),
            () =>
            {
                if (_world.Elapsed <= LatestAfterDeath)
                {
                    Process(() => process(latestVisible < LatestAfterDeath ? latestVisible : LatestAfterDeath));
                }
            });
        return Lose<PromotionJob>(what, noticed, "the connection was closed", cancellationToken);
    }

    private Fault Draw(Fault[] faults, double chance)
    {
        Fault fault = _world.Elapsed < Behaviour.FaultsEnd && _random.Chance(chance) ? _random.Pick<Fault>(faults) : Fault.None;
        Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
        return fault;
    }

    private Task<T> Send<T>(string what, bool isWrite, Fault fault, Func<T> process, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        TimeSpan there = NextTurn() + Latency();
        TimeSpan back = Latency();
        switch (fault)
        {
            case Fault.None:
                Exchange<T> exchange = Open<T>(what, cancellationToken);
                _world.After(there, () => Reply(exchange, Process(process), back));
                return exchange.Task;

            case Fault.LostBefore:
                return Lose<T>(what, _random.Scattered(ShortestLatency, AttemptTimeout), "no answer in time", cancellationToken);

            case Fault.LostAfter:
                _world.After(there, () => Process(process));
                return Lose<T>(what, _random.Scattered(there, there + AttemptTimeout), "502 Bad Gateway", cancellationToken);

            default:
                return Refuse<T>(what, there + back, ErrorFor(what, isWrite, fault), cancellationToken);
        }
    }

    private EpPromoException ErrorFor(string what, bool isWrite, Fault fault) => fault switch
    {
        Fault.Refused => Refusals.Any(_random),
        Fault.Throttled when isWrite => new UncertainResultException(
            what, "429 Too Many Requests", true, _random.Chance(0.5) ? TimeSpan.FromSeconds(_random.Between(0, 30)) : null),
        Fault.Throttled => Refusals.RateLimited(),
        Fault.BadAnswer => new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.UnexpectedResponse), what, "<html>"),
        _ => new EpPromoException(ErrorKind.Unavailable, nameof(SR.StoreUnavailable), "store", "no connection"),
    };

    private Task<T> Lose<T>(string what, TimeSpan noticed, string reason, CancellationToken cancellationToken)
    {
        Exchange<T> exchange = Open<T>(what, cancellationToken);
        CallsWithLostAnswers.Add(CurrentCall.Number);
        _world.After(noticed, () => exchange.Fail(new UncertainResultException(what, reason)));
        return exchange.Task;
    }

    private Task<T> Refuse<T>(string what, TimeSpan after, EpPromoException error, CancellationToken cancellationToken)
    {
        Exchange<T> exchange = Open<T>(what, cancellationToken);
        TimeSpan tries = error.Kind == ErrorKind.Unavailable ? _random.Scattered(ShortestLatency, CallTimeout) : TimeSpan.Zero;
        _world.After(after + tries, () => exchange.Fail(error));
        return exchange.Task;
    }

    private Exchange<T> Open<T>(string what, CancellationToken cancellationToken)
    {
        _process.Check();
        _world.Record(_process.Name, $"-> {what}");
        return new Exchange<T>(
            _world.KeepsHistory ? end => _world.Record(_process.Name, $"<- {what}: {end}") : null, cancellationToken);
    }

    /// <summary>What the server makes of a request: an answer or a refusal.</summary>
    private static (T? Answer, ApiException? Refusal) Process<T>(Func<T> process)
    {
        try
        {
            return (process(), null);
        }
        catch (ApiException refusal)
        {
            return (default, refusal);
        }
    }

    private void Reply<T>(Exchange<T> exchange, (T? Answer, ApiException? Refusal) outcome, TimeSpan back)
    {
        DateTimeOffset date = _server.DateHeader();
        _world.After(
            back,
            () =>
            {
                _serverClock.Observe(date);
                if (outcome.Refusal is { } refusal)
                {
                    exchange.Fail(refusal);
                }
                else
                {
                    exchange.Answer(outcome.Answer!);
                }
            });
    }

    /// <summary>How long a request waits for the rate limit.</summary>
    private TimeSpan NextTurn()
    {
        TimeSpan now = _world.Elapsed;
        TimeSpan turn = _nextTurn > now ? _nextTurn : now;
        _nextTurn = turn + TimeSpan.FromSeconds(1 / Behaviour.RequestsPerSecond);
        return turn - now;
    }

    private TimeSpan Latency() => _random.Scattered(ShortestLatency, Behaviour.LongestLatency);
}
