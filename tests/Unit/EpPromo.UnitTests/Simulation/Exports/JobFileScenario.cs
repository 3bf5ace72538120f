using EpPromo.Codes;
using System.Globalization;
using EpPromo.Codes.Exports;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The export of one job's codes from a promotion that has codes of other jobs, with the same prefix and without, from days and from a
/// moment ago, and codes that somebody has typed meanwhile. Lists and files may lag, and may truncate times to whole seconds.
/// </summary>
internal sealed class JobFileScenario
{
    private const string PromotionId = "promo-1";
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private readonly SimulatedRandom _random;
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly SimulatedApi _simulated;
    private readonly string? _prefix;
    private readonly bool _truncatesList;
    private readonly bool _truncatesFile;
    private readonly Dictionary<string, TimeSpan> _visibleInList = [];
    private readonly Dictionary<string, TimeSpan> _visibleInFile = [];
    private readonly double _lagChance;
    private PromotionJob? _job;

    /// <summary>The scenario of a seed.</summary>
    public JobFileScenario(int seed)
    {
        _random = new SimulatedRandom(seed);
        World = new SimulatedWorld(_random, TimeSpan.FromDays(1));
        _server = new SimulatedServer(World, new StoreBehaviour
        {
            PageSize = _random.Pick(3, 7, 100),
            ReportsTotal = _random.Chance(0.5),
            Order = _random.Pick(JobOrder.OldestFirst, JobOrder.NewestFirst, JobOrder.ById),
            Echo = _random.Pick(ParameterEcho.AsSent, ParameterEcho.WithDefaults),
            LongestJob = TimeSpan.FromSeconds(_random.Pick(0.02, 1, 30)),
            ShortBatchChance = 0.1,
            CancelledJobsLeaveCodes = true,
            CancellingBlocks = _random.Chance(0.5),
        });
        _server.AddPromotion(PromotionId);
        _process = new SimulatedProcess(World, "client", TimeSpan.Zero);
        _simulated = new SimulatedApi(World, _server, _process);
        _prefix = _random.Pick<string?>("summer", "summer-", "Été", null);
        _truncatesList = _random.Chance(0.3);
        _lagChance = _random.Pick(0, 0, 0.05, 0.5, 1);
        _truncatesFile = _random.Chance(0.5);
        Store = new ExportingApi(_simulated)
        {
            InFile = (_, codes) => codes.Where(code => IsVisible(_visibleInFile, code)),
            InList = code => !IsVisible(_visibleInList, code.Code) ? null
                : new PromotionCode(new ListedCode(code) { CreatedAt = _truncatesList ? Truncated(code.CreatedAt!.Value) : code.CreatedAt }),
            TimeInFile = _random.Chance(0.8) ? TimeInFile : null,
        };
    }

    public SimulatedWorld World { get; }

    public ExportingApi Store { get; }

    /// <summary>
    /// Whether nobody could tell the codes of two jobs apart: neither the list nor the file shows times that are more exact than a second, or a
    /// job was at work while another one was being cancelled.
    /// </summary>
    public bool IsAmbiguous => (_truncatesList && (_truncatesFile || Store.TimeInFile is null)) || _server.Promotion(PromotionId).Jobs.Exists(
        job => job.Id != _job!.JobId && job.Current.CreatedAt <= _job.UpdatedAt && job.Current.UpdatedAt >= _job.CreatedAt);

    /// <summary>Why no file was written, or null.</summary>
    public EpPromoException? Error { get; private set; }

    /// <summary>The codes in the file.</summary>
    public string[] Written { get; private set; } = [];

    /// <summary>The codes that the job has generated.</summary>
    public IEnumerable<string> Own { get; private set; } = [];

    /// <summary>Whether the promotion has codes of others that have the prefix.</summary>
    public bool HasSimilar => _server.Promotion(PromotionId).Codes.All.Any(
        code => !Own.Contains(code.Text) && code.Text.StartsWith(_prefix?.TrimEnd('-') ?? "", StringComparison.OrdinalIgnoreCase));

    /// <summary>Plays it to the end.</summary>
    public void Run()
    {
        using MemoryStream file = new();
        for (int i = _random.Between(0, 3); i > 0; i--)
        {
            TimeSpan age = _random.LogUniform(TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(10));
            _server.AddFinished(PromotionId, Job(_random.Pick(_prefix, "other", null)), age);
        }

        _process.Start(() => ExportAsync(file));
        World.Run(() => _process.HasEnded);
        Written = ExportingApi.Codes(file);
    }

    private async Task ExportAsync(Stream file)
    {
        await _simulated.ConnectAsync();
        JobWaiter waiter = new(Store, _process.Clock, s_window, () => 25);
        JobCreator creator = new(Store, _process.Clock, _random, new CreateCoordination(), s_window);
        ConcurrencyLimit limit = new(1);
        WaitingJobCreator waitingCreator = new(creator, new ActiveJobWaiter(Store, _process.Clock, waiter), limit, _process.Clock, _random);
        using CancellationTokenSource end = new();
        Task polling = waiter.RunAsync(end.Token);

        // Jobs of others end just before, also cancelled ones, which can complete while the next one is at work.
        for (int i = _random.Pick(0, 1, 2); i > 0; i--)
        {
            PromotionJob before = await waitingCreator.CreateWhenFreeAsync(PromotionId, Job(_prefix), CancellationToken.None);
            if (_random.Chance(0.3))
            {
                await _process.Clock.DelayAsync(_random.UpTo(TimeSpan.FromSeconds(1)).Duration(), CancellationToken.None);
                Cancel(before);
            }
        }

        _job = await waitingCreator.CreateWhenFreeAsync(PromotionId, Job(_prefix), CancellationToken.None);
        if (_random.Chance(0.3))
        {
            _server.Promotion(PromotionId).Codes.Add(_prefix + "typed", World.Now, World.Elapsed);
        }

        _job = await waiter.WaitForAsync(_job, CancellationToken.None);
        if (_random.Chance(0.5))
        {
            await waitingCreator.CreateWhenFreeAsync(PromotionId, Job(_prefix), CancellationToken.None);
        }

        Own = [.. _server.Promotion(PromotionId).Codes.All.Where(code => code.JobId == _job.JobId).Select(code => code.Text)];
        await _process.Clock.DelayAsync(_random.LogUniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5)), CancellationToken.None);
        OwnCodeExport export = new(Store, Store, Store, new PromotionExport(Store, waitingCreator, waiter), _process.Clock, s_window);
        try
        {
            await export.WriteAsync(new JobCodes(_job, null), file, new MemoryStream(), _ => throw new NotSupportedException(), CancellationToken.None);
        }
        catch (EpPromoException e)
        {
            Error = e;
        }

        end.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
    }

    private void Cancel(PromotionJob job)
    {
        if (_server.Promotion(PromotionId).Jobs.Single(one => one.Id == job.JobId) is { Current.IsFinished: false, IsCancelling: false })
        {
            _server.Cancel(PromotionId, job.JobId, 0);
        }
    }

    private NewJob Job(string? prefix) => new()
    {
        JobType = JobTypes.Generate,
        Name = string.Create(CultureInfo.InvariantCulture, $"job {_random.Next(1_000_000)}"),
        NumberOfCodes = _random.Between(1, 5),
        CodePrefix = prefix,
    };

    /// <summary>Each code shows up at some moment within the window after it was created; the list and the file do not agree.</summary>
    private bool IsVisible(Dictionary<string, TimeSpan> visible, string code)
    {
        if (!visible.TryGetValue(code, out TimeSpan from))
        {
            SimulatedCode known = _server.Promotion(PromotionId).Codes.All.Single(one => one.Text == code);
            visible[code] = from = known.VisibleAt + (_random.Chance(_lagChance) ? _random.Between(TimeSpan.Zero, s_window) : TimeSpan.Zero);
        }

        return from <= World.Elapsed;
    }

    private string TimeInFile(PromotionCode code) =>
        (_truncatesFile ? Truncated(code.CreatedAt!.Value) : code.CreatedAt!.Value).ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Truncated(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
