using System.Globalization;
using EpPromo.Codes;
using EpPromo.Codes.Changes;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A user who adds and removes codes that nobody else adds or removes, one operation after another, until each has succeeded.</summary>
internal sealed class CodeUser
{
    private const int MaxProcesses = 6;

    /// <summary>Call numbers of different users never meet.</summary>
    private const int CallsPerUser = 1_000_000;

    /// <summary>A code that is only so much older than a call may be taken for one of the call: clocks differ.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(4);

    private readonly SimulatedWorld _world;
    private readonly SimulatedRandom _random;
    private readonly SimulatedServer _server;
    private readonly string _promotionId;
    private readonly int _number;
    private readonly CodeWriterSetup _setup;
    private readonly List<CodeOperation> _operations = [];
    private readonly HashSet<string> _expected = [];
    private readonly List<SimulatedApi> _connections = [];
    private readonly List<(string Text, int Call)> _notAdded = [];
    private int _next;
    private int _calls;

    /// <summary>A user with operations to do.</summary>
    public CodeUser(
        SimulatedWorld world, SimulatedServer server, string promotionId, int number, IReadOnlyList<string> old, CodeWriterSetup setup)
    {
        _world = world;
        _random = world.Random;
        _server = server;
        _promotionId = promotionId;
        _number = number;
        _setup = setup;
        string[] own = [.. Enumerable.Range(1, _random.Between(1, 25)).Select(i => string.Create(CultureInfo.InvariantCulture, $"user{number}-{i}"))];
        for (int left = _random.Between(2, 6); left > 0; left--)
        {
            bool isAdd = _operations.Count % 2 == 0;
            IEnumerable<string> codes = own.Where(_ => _operations.Count == 0 || _random.Chance(0.7));
            _operations.Add(new CodeOperation(isAdd, [.. codes, .. isAdd ? old.Take(_random.Between(0, 3)) : []], _random.Chance(0.5)));
        }
    }

    public bool HasEnded => _next == _operations.Count;

    /// <summary>The codes that must exist when all operations have ended.</summary>
    public IReadOnlyCollection<string> Expected => _expected;

    /// <summary>Which codes which call said that it did not add.</summary>
    public IReadOnlyList<(string Text, int Call)> NotAdded => _notAdded;

    public IEnumerable<KeyValuePair<Fault, int>> Faults => _connections.SelectMany(connection => connection.Faults);

    public int Kills { get; private set; }

    private SimulatedCodes Codes => _server.Promotion(_promotionId).Codes;

    /// <summary>Starts the next process.</summary>
    public void Start()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"user{_number}.{Kills + 1}");
        SimulatedProcess process = new(_world, name, _random.Between(TimeSpan.FromMinutes(-10), TimeSpan.FromMinutes(10)));
        SimulatedApi api = new(_world, _server, process);
        _connections.Add(api);
        if (_random.Chance(0.4) && Kills + 1 < MaxProcesses)
        {
            process.KillAfter((int)_random.LogUniform(TimeSpan.FromTicks(1), TimeSpan.FromTicks(300)).Ticks);
            process.Killed = () =>
            {
                Kills++;
                _operations[_next].WasKilled = true;
                _world.After(_random.LogUniform(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2)), Start);
            };
        }

        process.Start(async () =>
        {
            await api.ConnectAsync();
            if (_next > 0 && !_operations[_next - 1].IsAdd)
            {
                // Lists may still show the codes that another process has removed (docs/guarantees.md).
                await process.Clock.DelayAsync(_server.Behaviour.ConsistencyWindow, CancellationToken.None);
            }

            RemovedCodes removed = new(process.Clock, _server.Behaviour.ConsistencyWindow);
            while (_next < _operations.Count)
            {
                await PerformAsync(api, process, removed, _operations[_next]);
                if (_operations[_next].WasKilled)
                {
                    // What a killed process has sent can still have an effect (docs/guarantees.md).
                    await process.Clock.DelayAsync(_server.Behaviour.ConsistencyWindow, CancellationToken.None);
                }

                _next++;
            }
        });
    }

    private async Task PerformAsync(SimulatedApi api, SimulatedProcess process, RemovedCodes removed, CodeOperation operation)
    {
        while (!await TryAsync(api, process, removed, operation))
        {
            await process.Clock.DelayAsync(_random.LogUniform(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)), CancellationToken.None);
        }
    }

    /// <summary>Makes one call, and checks what it says against the store.</summary>
    /// <returns>Whether it did everything.</returns>
    private async Task<bool> TryAsync(SimulatedApi api, SimulatedProcess process, RemovedCodes removed, CodeOperation operation)
    {
        int call = (_number * CallsPerUser) + ++_calls;
        CurrentCall.Number = call;
        DateTimeOffset startedAt = _world.Now;
        operation.Calls.Add(call);
        CodeReport report = new();
        EpPromoException? error = null;
        TimeSpan window = _server.Behaviour.ConsistencyWindow;
        _world.Record(process.Name, $"call {call}: {operation}");
        try
        {
            await (operation.IsAdd
                ? _setup.Adder(api, process, removed, window)(
                    _promotionId,
                    [.. operation.Codes.Select(text => new NewCode { Text = text })],
                    operation.SkipExisting || operation.Calls.Count > 1,
                    report,
                    CancellationToken.None)
                : _setup.Remover(api, process, removed, window).RemoveAsync(_promotionId, operation.Codes, report, CancellationToken.None));
        }
        catch (EpPromoException e)
        {
            error = e;
        }

        _world.Record(process.Name, $"call {call} ends: {error?.Message ?? "done"}");
        Require(error is null || !_server.Behaviour.IsFaultFree, $"Call {call} failed although no request failed: {error?.Message}");
        bool isDone = error is null && report.Rejected.Count == 0;
        if (operation.IsAdd)
        {
            CheckAdd(operation, call, startedAt, report, error);
        }
        else
        {
            foreach (string text in report.Removed)
            {
                Require(!Codes.Exists(text), $"Call {call} said that it removed {text}, which exists.");
            }

            Require(!isDone || report.Removed.SetEquals(operation.Codes), $"Call {call} ended without an error, and left codes.");
        }

        if (isDone)
        {
            IEnumerable<string> own = operation.Codes.Where(text => text.StartsWith("user", StringComparison.Ordinal));
            if (operation.IsAdd)
            {
                _expected.UnionWith(own);
            }
            else
            {
                _expected.ExceptWith(own);
            }
        }

        return isDone;
    }

    private void CheckAdd(CodeOperation operation, int call, DateTimeOffset startedAt, CodeReport report, EpPromoException? error)
    {
        Dictionary<string, SimulatedCode> existing = Codes.All.Where(code => code.Exists).ToDictionary(code => code.Text);
        foreach (string text in operation.Codes)
        {
            SimulatedCode? code = existing.GetValueOrDefault(text);
            if (report.Added.Contains(text))
            {
                bool isOwn = code is not null && (operation.Calls.Contains(code.CallNumber) || code.Code.CreatedAt >= startedAt - s_tolerance);
                Require(isOwn, $"Call {call} said that it added {text}, and did not.");
            }
            else if (report.Existing.Contains(text))
            {
                Require(code is not null && code.CallNumber != call, $"Call {call} said that {text} existed, {(code is null ? "and it does not" : "and added it")}.");
            }
            else
            {
                Require(error is not null || report.Rejected.Contains(text), $"Call {call} ended without an error, and said nothing of {text}.");
                if (error?.Kind != ErrorKind.Uncertain)
                {
                    _notAdded.Add((text, call));
                }
            }
        }
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new SimulationException(problem);
        }
    }
}
