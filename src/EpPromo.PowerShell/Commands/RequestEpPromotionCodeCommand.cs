using System.Management.Automation;
using EpPromo.Jobs;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Request-EpPromotionCode: generates an exact number of codes on each promotion, in as many jobs as it takes.</summary>
[Cmdlet(VerbsLifecycle.Request, "EpPromotionCode", SupportsShouldProcess = true)]
[OutputType(typeof(CodeRun))]
public sealed class RequestEpPromotionCodeCommand : StoreCmdlet
{
    private const int DefaultThrottleLimit = 16;

    /// <summary>What was asked for so far, by promotion.</summary>
    private readonly Dictionary<string, (CodeRunRequest Request, string? File)> _requested = new(StringComparer.OrdinalIgnoreCase);

    private readonly RunPlanTotal _total = new();
    private OutputFiles _files = null!;
    private RunProgress? _progress;
    private RunStop? _stopped;
    private CancellationToken _timeout;
    private CodeRunner? _runner;
    private bool _isNameGenerated;
    private bool _pathIsForAll;

    /// <summary>Ids of promotions, or promotions from Get-EpPromotion through the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PromotionIdCompleter))]
    [PromotionIdsTransformation]
    [AllowEmptyString]
    public string[] PromotionId { get; set; } = [];

    /// <summary>The number of codes that each promotion gets. It may be larger than one job allows. NumberOfCodes is an alias.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("NumberOfCodes", "Requested")]
    [WholeNumberTransformation]
    public int Count { get; set; }

    /// <summary>The text that each code starts with. White space at either end is removed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Prefix")]
    [TextTransformation]
    public string? CodePrefix { get; set; }

    /// <summary>The number of generated characters in a code, 8 to 16, without the prefix. The default is 8.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumberTransformation]
    public int? CodeLength { get; set; }

    /// <summary>How often each code can be used. Without it, there is no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaxUses")]
    [WholeNumberTransformation]
    public int? MaxUsesPerCode { get; set; }

    /// <summary>
    /// What counts as one use: per_checkout (the store's default), or per_application (each time the promotion is applied).
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ApiWordTransformation]
    [ArgumentCompleter(typeof(ConsumeUnitCompleter))]
    public string? ConsumeUnit { get; set; }

    /// <summary>
    /// The name of the run. If the run is interrupted, use the same name to resume it, on any machine; upper and lower case are the same.
    /// Without it, a unique name is generated and shown. A named run takes up to a minute longer at its end, to verify that no other
    /// runner of that name has generated codes.
    /// </summary>
    [Parameter]
    [TextTransformation]
    public string? Name { get; set; }

    /// <summary>The maximum number of codes in one job, 1 to 1000.</summary>
    [Parameter]
    [WholeNumberTransformation(Default = NewJob.MaxNumberOfCodes)]
    public int BatchSize { get; set; } = NewJob.MaxNumberOfCodes;

    /// <summary>The number of promotions that are processed at the same time.</summary>
    [Parameter]
    [WholeNumberTransformation(Default = DefaultThrottleLimit)]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = DefaultThrottleLimit;

    /// <summary>
    /// The maximum time for all promotions together, in seconds or as a TimeSpan. The time starts when the first input reaches the
    /// command. When the time is over, jobs in progress continue in the store. Without it, there is no limit.
    /// </summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// Keep surplus codes, such as those of two runners that generated the same batch, instead of deleting the newest ones.
    /// </summary>
    [Parameter]
    public SwitchParameter KeepSurplus { get; set; }

    /// <summary>Export the codes of this run to a file, to a folder, or to the path that a script block returns for $_.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalTransformation]
    public string? Path { get; set; }

    /// <summary>
    /// Keep a file that exists, and report an error before any code is generated. Without this switch, the file is replaced.
    /// </summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a read-only file, and create the missing folders of a file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Cancel the jobs in progress when you stop the command with Ctrl+C. The store may delete their codes. The command takes up to 4
    /// seconds for this, and reports how many jobs continue.
    /// </summary>
    [Parameter]
    public SwitchParameter StopJobsOnCancel { get; set; }

    private protected override int MaxConcurrency => ThrottleLimit;

    private protected override object? ErrorTarget => PromotionId;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isNameGenerated = string.IsNullOrEmpty(Name);
        _files = new OutputFiles(NoClobber, Force, (error, id) => ShowError(ErrorRecords.From(error, id)));
        _pathIsForAll = !string.IsNullOrEmpty(Path);
        Name = _isNameGenerated ? GeneratedName.New(SessionStores.Clock, SessionStores.Random) : Name;
        _timeout = StartTimeout(Timeout);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        WarnOfColumns(PromotionId);
        foreach (string promotionId in PromotionId)
        {
            try
            {
                Process(promotionId);
            }
            catch (EpPromoException e)
            {
                // One bad promotion does not keep the others of the same input from their codes.
                ShowError(ErrorRecords.From(e, promotionId));
            }
        }
    }

    private void Process(string promotionId)
    {
        CodeRunRequest request = RequestFor(promotionId);
        request.Validate();
        WarnOfFormula(request.CodePrefix);

        // One writer per promotion (api-contract.md section 3): a promotion given twice is one run.
        if (_requested.TryGetValue(promotionId, out (CodeRunRequest Request, string? File) before))
        {
            string id = before.Request.PromotionId;
            if ((request with { PromotionId = id }, FileFor(id)) != before)
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RequestedTwice), promotionId);
            }

            return;
        }

        string? file = FileFor(promotionId);
        if (file is not null)
        {
            _files.Take(file, promotionId, ExportPath.IsFolder(Path!));
        }

        _requested.Add(promotionId, (request, file));
        if (_pathIsForAll && ExportPath.MeansFile(Path!, SessionState.Path))
        {
            _files.Hold(promotionId, () => Propose(request, file));
        }
        else
        {
            Propose(request, file);
        }
    }

    private void Propose(CodeRunRequest request, string? file)
    {
        if (IsWhatIf)
        {
            ShowPlan(request, file);
        }
        else if (Confirm(Unseen(request, file), request, file))
        {
            Begin(request, file);
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _files.BeginHeld();
        ShowTotal(_total.End(ThrottleLimit));
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? ((SwitchParameter)given).IsPresent
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private CodeRunner Runner => _runner ??= new CodeRunner(
        Api, SessionStores.Clock, Creator, Waiter, Slots, ActiveStore.ConsistencyWindow);

    /// <summary>What the run will make, said before its list is read: of a name that was used before, some may be there.</summary>
    private string Unseen(CodeRunRequest request, string? file) => request.IsNameGenerated
        ? RunPlan.For(request, ActiveStore.MaxRequestsPerSecond, ActiveStore.ConsistencyWindow, [], file is not null).ToString()
        : MessageText.Of(SR.PlanMissingCodes, request.Count);

    private bool Confirm(string plan, CodeRunRequest request, string? file)
    {
        string what = MessageText.Of(file is null ? SR.ConfirmRun : SR.ConfirmRunAndExport, plan, request.PromotionId, Name, file);
        return ShouldProcess(what, what, "Confirm");
    }

    /// <summary>What is there already and how long jobs take, the promotion's list tells.</summary>
    private void ShowPlan(CodeRunRequest request, string? file)
    {
        CodeRunner runner = Runner;
        _total.Begin();
        Start(request.PromotionId, async cancellationToken =>
        {
            try
            {
                RunPlan plan = await runner.PlanAsync(request, ActiveStore.MaxRequestsPerSecond, file is not null, cancellationToken);
                await PostAsync(() =>
                {
                    Confirm(plan.ToString(), request, file);
                    if (plan.LimitNote(request.PromotionId) is { } note)
                    {
                        ShowWarning(note);
                    }

                    _total.Add(plan);
                });
            }
            finally
            {
                await PostAsync(() => ShowTotal(_total.End(ThrottleLimit)));
            }
        });
    }

    private void ShowTotal(string? line)
    {
        if (line is not null)
        {
            ShouldProcess(line, line, "Confirm");
        }
    }

    private string? FileFor(string promotionId) =>
        string.IsNullOrEmpty(Path) ? null : ExportPath.FileFor(promotionId, Path!, isOwn: !_pathIsForAll, SessionState.Path);

    /// <inheritdoc/>
    private protected override void Tick() => _progress?.Show(ShowProgress);

    /// <inheritdoc/>
    private protected override void OnStop()
    {
        if (_progress is not null)
        {
            _stopped = new RunStop(Host?.UI, Name!, StopJobsOnCancel ? new RunCanceller(Api.Jobs, SessionStores.Clock) : null);
        }
    }

    /// <inheritdoc/>
    private protected override void OnErrorStop()
    {
        if (_progress is { IsAnyOpen: true })
        {
            ShowWarning(RunStop.HowToGoOn(Name!, SR.DetailJobsContinue));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _stopped?.Dispose();
        }
    }

    private CodeRunRequest RequestFor(string promotionId) => new()
    {
        PromotionId = promotionId,
        Count = Count,
        Name = Name!,
        IsNameGenerated = _isNameGenerated,
        CodePrefix = CodePrefix.NullIfEmpty(),
        CodeLength = CodeLength,
        MaxUsesPerCode = MaxUsesPerCode,
        ConsumeUnit = ConsumeUnit.NullIfEmpty(),
        BatchSize = BatchSize,
        KeepSurplus = KeepSurplus,
    };

    private void Begin(CodeRunRequest request, string? file)
    {
        ShowVerbose(MessageText.Of(SR.VerboseRunStarting, request.Name, request.PromotionId));
        _progress ??= new RunProgress(Name!, ThrottleLimit, _isNameGenerated ? TimeSpan.Zero : ActiveStore.ConsistencyWindow);
        CodeRunner runner = Runner;
        RunState state = runner.NewState(request);
        _progress.Add(state);
        Func<int, Task>? export = file is null ? null : ExportTo(file, request, state);
        Start(request.PromotionId, async _ =>
        {
            try
            {
                if (file is not null)
                {
                    AtomicFile.CheckRoom(file);
                }

                await EmitAsync(await runner.RunAsync(
                    request, state, WarnAsync, error => ReportAsync(error, request.PromotionId), export, _timeout));
            }
            catch (OperationCanceledException) when (IsTimedOut)
            {
                EpPromoException error = new(
                    ErrorKind.Timeout, nameof(SR.RunTimeout), request.Name, request.PromotionId, Timeout, state.Standing);
                await ReportAsync(error, request.PromotionId);
                await EmitAsync(state.Failed(error, SessionStores.Clock.UtcNow));
            }
            catch (EpPromoException e)
            {
                // Before the run began; once it has, it tells of its errors itself.
                state.IsEnded = true;
                await ReportAsync(e, request.PromotionId);
                await EmitAsync(state.Failed(e, SessionStores.Clock.UtcNow));
            }
            catch (OperationCanceledException) when (_stopped is not null)
            {
                await _stopped.CancelAsync(request, state);
                throw;
            }
        });
    }

    private Func<int, Task> ExportTo(string file, CodeRunRequest request, RunState state)
    {
        CodeRunExport export = new(
            Api, ActiveStore.Connection.ExportFiles, SessionStores.Clock, Creator, Waiter, Slots, ActiveStore.ConsistencyWindow);
        return async generated =>
        {
            // For the promotion's whole export, of which the run's own codes are the file.
            using Stream spool = SpoolFile.Open();
            await AtomicFile.WriteAsync(
                file,
                NoClobber,
                Force,
                rows => export.WriteAsync(request, generated, state.Jobs, rows, spool, WarnAsync, _timeout),
                _files.Stale,
                WarnAsync,
                _timeout);
        };
    }
}
