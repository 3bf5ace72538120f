using EpPromo.Codes;
using EpPromo.Codes.Changes;
using EpPromo.Codes.Exports;
using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Runs;
using EpPromo.Runs.Execution;
using System.Text;

namespace EpPromo.UnitTests.Simulation;

/// <summary>The file of a run holds exactly the run's codes; otherwise no file is written.</summary>
public sealed class RunFileTests : IDisposable
{
    private const int Count = 25;
    private const int Others = 1000;
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private CodeRunRequest _request =
        new() { PromotionId = "promo-1", Name = "bf26", IsNameGenerated = true, Count = Count, BatchSize = 10, CodePrefix = "summer" };

    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly SimulatedApi _store;
    private readonly MemoryStream _file = new();
    private readonly List<string> _warnings = [];
    private CancellationToken _stop;
    private bool _wasCancelled;

    public RunFileTests()
    {
        _server = new SimulatedServer(_world, new StoreBehaviour { Echo = ParameterEcho.None });
        _server.AddPromotion(_request.PromotionId);
        _process = new SimulatedProcess(_world, "client", TimeSpan.Zero);
        _store = new SimulatedApi(_world, _server, _process);
    }

    [Fact]
    public void The_file_holds_exactly_the_codes_of_the_run()
    {
        ExportingApi store = new(_store) { InFile = (_, codes) => [.. codes, "summer-of-another"] };

        Assert.Null(Export(store));

        Assert.Equal(Own, Written);
        Assert.Equal(1, store.Files);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Codes_are_equal_in_any_Unicode_normalization_form()
    {
        _request = _request with { CodePrefix = "\u00E9t\u00E9" };
        ExportingApi store = new(_store) { InFile = (_, codes) => codes.Select(code => code.Normalize(NormalizationForm.FormD)) };

        Assert.Null(Export(store));

        Assert.Equal(Count, Own.Count());
        Assert.Equal(Own.Select(code => code.Normalize(NormalizationForm.FormD)), Written);
        Assert.Equal(1, store.Files);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void An_export_that_lagged_is_repeated()
    {
        ExportingApi store = new(_store) { InFile = (number, codes) => codes.Skip(number == 1 ? 3 : 0) };

        Assert.Null(Export(store));

        Assert.Equal(Own, Written);
        Assert.Equal(2, store.Files);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(Others)]
    public void Cancellation_ends_the_filtering_at_the_next_row(int stopAt)
    {
        using CancellationTokenSource stop = new();
        ExportingApi store = new(_store)
        {
            InFile = (_, codes) => [.. codes, .. Enumerable.Range(0, Others).Select(number => $"other-{number}")],
            OnRow = row => { if (row == stopAt) { stop.Cancel(); } },
        };
        _stop = stop.Token;

        Assert.Null(Export(store));

        Assert.True(_wasCancelled);
        Assert.Equal(stopAt, store.RowsRead);
    }

    [Fact]
    public void An_export_that_stays_incomplete_is_an_error_with_both_numbers()
    {
        EpPromoException? error = Export(new ExportingApi(_store) { InFile = (_, codes) => codes.Skip(3) });

        Assert.Equal("ExportIncomplete", error?.ErrorId);
        Assert.Contains("the 25 codes", error!.Message, StringComparison.Ordinal);
        Assert.Contains("22", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _file.Length);
    }

    [Fact]
    public void A_list_that_stays_incomplete_is_an_error_with_both_numbers()
    {
        ExportingApi store = new(_store);

        EpPromoException? error = Export(store, job => _server.DeleteCodes(_request.PromotionId, Own.Take(3).ToArray(), TimeSpan.MaxValue));

        Assert.Equal("ExportIncomplete", error?.ErrorId);
        Assert.Contains("22", error!.Message, StringComparison.Ordinal);
        Assert.Equal(0, _file.Length);
    }

    [Fact]
    public void An_export_without_a_column_of_codes_is_an_error()
    {
        EpPromoException? error = Export(new ExportingApi(_store) { Column = "promotion_code" });

        Assert.Equal("BadCsv", error?.ErrorId);
        Assert.Matches(@"The file of export job \S+ is not CSV", error!.Message);
        Assert.Equal(0, _file.Length);
    }

    [Fact]
    public void A_deleted_code_that_the_list_still_shows_is_waited_out()
    {
        ExportingApi store = new(_store);

        Assert.Null(Export(store, job => store.Deleted = new PromotionCode(new ListedCode
        {
            PromotionId = _request.PromotionId,
            Code = "summer-deleted",
            CreatedAt = job.CreatedAt,
        })));

        Assert.Empty(_warnings);
        Assert.Equal(Own, Written);
    }

    public void Dispose() => _file.Dispose();

    private IEnumerable<string> Own => _server.Promotion(_request.PromotionId).Codes.All.Select(code => code.Text);

    private IEnumerable<string> Written => ExportingApi.Codes(_file);

    /// <summary>Executes the run and exports it.</summary>
    /// <returns>The error of the export, or null.</returns>
    private EpPromoException? Export(ExportingApi store, Action<PromotionJob>? beforeExport = null)
    {
        EpPromoException? error = null;
        _process.Start(async () =>
        {
            await _store.ConnectAsync();
            JobWaiter waiter = new(store, _process.Clock, s_window, () => 25);
            JobCreator creator = new(store, _process.Clock, _world.Random, new CreateCoordination(), s_window);
            using CancellationTokenSource end = new();
            Task polling = waiter.RunAsync(end.Token);
            ConcurrencyLimit limit = new(1);
            CodeRemover remover = store.RemoverOf(_process.Clock, _world.Random, s_window);
            RunContext context = new(store.AsStoreApi(), _process.Clock, creator, waiter, remover, limit, s_window);
            WaitingJobCreator waitingCreator = new(
                creator, new ActiveJobWaiter(store, _process.Clock, waiter), limit, _process.Clock, _world.Random);
            CodeRunner runner = new(context);
            RunState state = new(_request, _process.Clock.UtcNow);
            CodeRun run = await limit.RunAsync(
                () => runner.RunAsync(state, WarnAsync, failed => throw failed, null, CancellationToken.None), CancellationToken.None);
            beforeExport?.Invoke(state.Journal.CountedJobs[0]);
            try
            {
                OwnCodeExport export = new(
                    store, store, store, new PromotionExport(store, waitingCreator, waiter), _process.Clock, s_window);
                await export.WriteAsync(
                    new RunCodes(state.Request, state.Journal, run.Generated!.Value), _file, new MemoryStream(), WarnAsync, _stop);
            }
            catch (EpPromoException e)
            {
                error = e;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                _wasCancelled = true;
            }

            end.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        });
        _world.Run(() => _process.HasEnded);
        return error;
    }

    private Task WarnAsync(string note)
    {
        _warnings.Add(note);
        return Task.CompletedTask;
    }
}
