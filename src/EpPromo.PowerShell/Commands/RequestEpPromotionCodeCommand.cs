using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Request-EpPromotionCode: exactly so many codes on each promotion, in as many jobs as it takes.</summary>
[Cmdlet(VerbsLifecycle.Request, "EpPromotionCode", SupportsShouldProcess = true)]
[OutputType(typeof(CodeRun))]
public sealed class RequestEpPromotionCodeCommand : StoreCmdlet
{
    private static readonly TimeSpan StopBudget = TimeSpan.FromSeconds(4);

    /// <summary>What was asked for so far, by promotion.</summary>
    private readonly Dictionary<string, (CodeRunRequest Request, string? File)> _requested = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files that this call will write.</summary>
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly RunPlanTotal _total = new();
    private RunProgress? _progress;
    private CancellationToken _timeout;
    private CodeRunner? _runner;
    private bool _nameIsNew;

    /// <summary>The promotions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PromotionIdCompleter))]
    [PromotionIds]
    [AllowEmptyString]
    public string[] PromotionId { get; set; } = [];

    /// <summary>How many codes each promotion shall get: any number.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    public int Count { get; set; }

    /// <summary>The text that each code begins with.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string? CodePrefix { get; set; }

    /// <summary>The number of generated characters in a code, 8 to 16; 8 without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNull = true)]
    public int? CodeLength { get; set; }

    /// <summary>How often each code can be used; without limit when left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNull = true)]
    public int? MaxUsesPerCode { get; set; }

    /// <summary>What counts as one use: per_checkout (the store's default) or per_application.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ApiWord]
    [ArgumentCompleter(typeof(ConsumeUnitCompleter))]
    [AllowEmptyString]
    [AllowNull]
    public string? ConsumeUnit { get; set; }

    /// <summary>
    /// The run's name, by which it can be gone on with after a break, on any machine; without it a unique one is made and shown. A
    /// named run takes up to a minute longer at its end, to be sure that no other runner of that name has made codes unseen.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>The most codes in one job, 1 to 1000.</summary>
    [Parameter]
    [WholeNumber]
    public int BatchSize { get; set; } = NewJob.MaxNumberOfCodes;

    /// <summary>How many promotions are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>How long to go on with all of them together, in seconds or as a TimeSpan; jobs at work then go on in the store.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Leave codes that are too many, after two runners made the same batch, instead of deleting the newest.</summary>
    [Parameter]
    public SwitchParameter KeepSurplus { get; set; }

    /// <summary>Export the codes of this run: a file, a folder, or a script block that makes the path from $_.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Keep a file that exists, and report an error before anything is made. Without it the file is replaced.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a read-only file, and make missing folders of a file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Cancel the jobs at work when the command is stopped with Ctrl+C; the store deletes their codes.</summary>
    [Parameter]
    public SwitchParameter StopJobsOnCancel { get; set; }

    private protected override object? ErrorTarget => PromotionId;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _nameIsNew = Name is null;
        Name ??= GeneratedName.New(SessionStores.Clock, SessionStores.Random);
        _timeout = StartTimeout(Timeout);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
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

        // One writer per promotion (api-contract.md section 3): a promotion given twice is one run.
        if (_requested.TryGetValue(promotionId, out (CodeRunRequest Request, string? File) before))
        {
            string id = before.Request.PromotionId;
            if ((request with { PromotionId = id }, FileFor(id)) != before)
            {
                throw new EpPromoException(ErrorKind.BadInput, nameof(SR.RequestedTwice), promotionId);
            }

            return;
        }

        string? file = FileFor(promotionId);
        Check(file);
        _requested.Add(promotionId, (request, file));
        if (IsWhatIf)
        {
            ShowPlan(request, file);
        }
        else
        {
            RunPlan plan = RunPlan.For(request, ActiveStore.MaxRequestsPerSecond, ThrottleLimit, ActiveStore.ConsistencyWindow, []);
            if (Confirm(plan, request, file))
            {
                Begin(request, file);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Finish() => ShowTotal(_total.End());

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? ((SwitchParameter)given).IsPresent
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private CodeRunner Runner => _runner ??= new CodeRunner(
        Api, SessionStores.Clock, Creator, Waiter, new WorkSlots(ThrottleLimit), ActiveStore.ConsistencyWindow);

    private bool Confirm(RunPlan plan, CodeRunRequest request, string? file)
    {
        string export = file is null ? "" : $", and export them to {file}";
        string what = $"Make {plan}, as run '{Name}', on promotion {request.PromotionId}{export}.";
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
                RunPlan plan = await runner.PlanAsync(request, ActiveStore.MaxRequestsPerSecond, ThrottleLimit, cancellationToken);
                Post(() =>
                {
                    Confirm(plan, request, file);
                    _total.Add(plan);
                });
            }
            finally
            {
                Post(() => ShowTotal(_total.End()));
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

    private string? FileFor(string promotionId) => Path is null ? null : ExportPath.FileFor(promotionId, Path, SessionState.Path);

    private void Check(string? file)
    {
        if (file is null)
        {
            return;
        }

        if (_files.Contains(file))
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), file);
        }

        CodeFile.Check(file, NoClobber, Force, makesFolder: Force || ExportPath.IsFolder(Path!));
        _files.Add(file);
    }

    /// <inheritdoc/>
    private protected override void Tick() => _progress?.Show(ShowProgress);

    /// <inheritdoc/>
    private protected override void OnStop()
    {
        if (_progress is not null && Host?.UI is { } screen)
        {
            screen.WriteWarningLine(string.Format(
                CultureInfo.InvariantCulture, SR.NoteRunStopped, Name, StopJobsOnCancel ? SR.NoteJobsStopped : SR.NoteJobsGoOn));
        }
    }

    private CodeRunRequest RequestFor(string promotionId) => new()
    {
        PromotionId = promotionId,
        Count = Count,
        Name = Name!,
        NameIsNew = _nameIsNew,
        CodePrefix = string.IsNullOrEmpty(CodePrefix) ? null : CodePrefix,
        CodeLength = CodeLength,
        MaxUsesPerCode = MaxUsesPerCode,
        ConsumeUnit = string.IsNullOrEmpty(ConsumeUnit) ? null : ConsumeUnit,
        BatchSize = BatchSize,
        KeepSurplus = KeepSurplus,
    };

    private void Begin(CodeRunRequest request, string? file)
    {
        ShowVerbose($"Run '{request.Name}' begins on promotion {request.PromotionId}.");
        _progress ??= new RunProgress(Name!);
        CodeRunner runner = Runner;
        RunState state = runner.NewState(request);
        _progress.Add(state);
        CodeRunExport export = new(Api, SessionStores.Clock, Creator, Waiter, ActiveStore.ConsistencyWindow);
        Start(request.PromotionId, async _ =>
        {
            try
            {
                CodeRun run = await runner.RunAsync(request, state, Warn, error => Report(error, request.PromotionId), _timeout);
                Emit(file is null || run.Error is not null ? run : await ExportAsync(export, request, run, state.Jobs, file, _timeout));
            }
            catch (OperationCanceledException) when (IsTimedOut)
            {
                EpPromoException error = new(
                    ErrorKind.Timeout, nameof(SR.RunTimeout), request.Name, request.PromotionId, Timeout, state.Generated, request.Count);
                Report(error, request.PromotionId);
                Emit(state.Failed(error, SessionStores.Clock.UtcNow));
            }
            catch (OperationCanceledException) when (StopJobsOnCancel && state.ActiveJob is not null)
            {
                using CancellationTokenSource budget = new(StopBudget);
                await new JobCanceller(Api, SessionStores.Clock).CancelAsync(request.PromotionId, state.ActiveJob.JobId, budget.Token);
                throw;
            }
        });
    }

    /// <summary>Writes the codes of a run that has ended well. Without its file it is not what was asked for, and says so.</summary>
    private async Task<CodeRun> ExportAsync(
        CodeRunExport export,
        CodeRunRequest request,
        CodeRun run,
        IReadOnlyList<PromotionJob> jobs,
        string file,
        CancellationToken cancellationToken)
    {
        try
        {
            using Stream spool = SpoolFile.Open();
            await CodeFile.WriteAsync(
                file, NoClobber, Force,
                stream => export.WriteAsync(request, run.Generated, jobs, stream, spool, Warn, cancellationToken), cancellationToken);
            return run;
        }
        catch (EpPromoException e)
        {
            Report(e, run.PromotionId);
            return run with { Status = JobStatuses.Failed, Finished = SessionStores.Clock.UtcNow, Error = e.Message };
        }
    }
}
