using System.Management.Automation;
using EpPromo.Jobs;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Runs;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Runs;
using EpPromo.Runs.Execution;
using EpPromo.Runs.Planning;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Request-EpPromotionCode: generates an exact number of codes on each promotion, in as many jobs as it takes.</summary>
[Cmdlet(VerbsLifecycle.Request, "EpPromotionCode", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(CodeRun))]
public sealed class RequestEpPromotionCodeCommand : CodeCreationCmdlet
{
    private const int DefaultThrottleLimit = 16;
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly CommandRuns _runs;
    private CommandTimeout _timeout = null!;
    private OutputPathResolver _path = null!;
    private OutputFiles _files = null!;
    private bool _isNameGenerated;
    private bool _isPathGiven;

    /// <summary>Called by PowerShell.</summary>
    public RequestEpPromotionCodeCommand() => _runs = new CommandRuns(CreateRuns);

    /// <summary>Promotions: their names (in any case), their ids, or objects such as the promotions of Get-EpPromotion.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(CodePromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>
    /// The number of codes that each promotion gets. It may be larger than one job allows. It is required, here or as a column of the input.
    /// NumberOfCodes is an alias.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("NumberOfCodes", "Requested")]
    [WholeNumberTransformation(PipedTo = "Request-EpPromotionCode")]
    public int? Count { get; set; }

    /// <summary>The text that each code starts with. White space at either end is removed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Prefix")]
    [ArgumentCompleter(typeof(CodePrefixCompleter))]
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
    /// What counts as one use: per_checkout (the store's default), or per_application (each time the promotion is applied). For promotions of
    /// the kind Standard: per_cart or per_item.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ApiWordTransformation]
    [ArgumentCompleter(typeof(WordCompleter))]
    public string? ConsumeUnit { get; set; }

    /// <summary>
    /// The name of the run. If the run is interrupted, use the same name to resume it, on any machine; upper and lower case are the same.
    /// Without it, a unique name is generated and shown. A named run takes up to a minute longer at its end, to verify that no other
    /// runner of that name has generated codes.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(OpenRunCompleter))]
    [TextTransformation]
    public string? Name { get; set; }

    /// <summary>The maximum number of codes in one job, 1 to 1000.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
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

    /// <summary>
    /// Export the codes of this run to a file, to a folder, or to the path that a script block returns for $_. In a folder, each file is
    /// named after its promotion and the run: <c>Summer Sale_bf26.csv</c>. Wildcards match a file or folder that exists.
    /// </summary>
    [Parameter(ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [OptionalTransformation]
    public string? Path { get; set; }

    // No alias PSPath: a file that an export has emitted, with its promotion, would be replaced when it is piped.

    /// <summary>The same as -Path, with brackets and other wildcards as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("LP")]
    [OptionalTransformation]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

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

    private protected override object? ErrorTarget => TextsOf(Promotion);

    private protected override bool UsesWaiter => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isNameGenerated = string.IsNullOrEmpty(Name);
        _timeout = CreateTimeout(Timeout);
        _isPathGiven = !string.IsNullOrEmpty(Path);
        _path = new OutputPathResolver(PathArgument.Of(Path, LiteralPath), SessionState.Path);
        _files = new OutputFiles(NoClobber, Force, (error, promotions) => ShowError(ErrorRecords.From(error, promotions)));
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (!_isPathGiven && Promotion.Any(reference => reference.Row is { } row && ExportedFile.HasPathOfOwnCodes(row)))
        {
            // The path that such an object remembers is that of its own codes, which the codes of this run must not replace.
            Path = null;
        }

        ForEachRequest(Promotion, ProcessPromotions);
    }

    private void ProcessPromotions(PromotionReference[] promotions, CodeRun? run)
    {
        CodeRunRequest request = ReadRequest(promotions, run);
        request.Validate();
        Warnings.CheckPrefix(request.CodePrefix);
        _files.Check(_path.Check(PathArgument.Of(Path, LiteralPath)));
        ForEachPromotion(
            promotions,
            (context, promotion) => ProcessPromotion(context, promotion, request.For(promotion, context.Section)),
            context => (request with { Origin = context.Section }).Validate());
    }

    private void ProcessPromotion(StoreContext context, PromotionIdentity promotion, CodeRunRequest request)
    {
        RequestedRuns requested = _runs.In(context).Requested;
        if (requested.Contains(request, id => PathFor(context, promotion with { PromotionId = id })?.File))
        {
            return;
        }

        CheckTakesCodes(context, promotion);
        Warnings.CheckEnabled(promotion);
        OutputPath? path = PathFor(context, promotion);
        CodeFile? file = path is null ? null : _files.Reserve(path, context.Store.Connection.CodeFiles);
        requested.Add(request, path?.File);
        _files.Start(path, () => ConfirmAndStart(context, request, file));
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        _files.StartDeferred();
        if (IsWhatIf)
        {
            DrainAll();
            _runs.ShowPlanTotals();
        }
    }

    private OutputPath? PathFor(StoreContext context, PromotionIdentity promotion)
    {
        PathArgument path = PathArgument.Of(Path, LiteralPath);
        return _path.For(TargetOf(context, promotion, _path.IsFolder(path)) with { Run = Name }, path);
    }

    private StoreRuns CreateRuns(StoreContext context)
    {
        RunConfirmation confirmation = new(context.Section, ThrottleLimit, text => ShouldProcess(text, text, "Confirm"), ShowWarning);
        return new StoreRuns(context, this, Limit, _timeout, confirmation);
    }

    /// <summary>What is requested for each of the promotions; the promotion itself is not set yet.</summary>
    /// <param name="promotions">The promotions.</param>
    /// <param name="run">The run of the pipeline that requested the same on the promotion, or null.</param>
    private CodeRunRequest ReadRequest(PromotionReference[] promotions, CodeRun? run) => new()
    {
        PromotionId = "",
        Count = CountOn(Count, nameof(Count), promotions, run),
        Name = Name ??= GeneratedName.New(StoreConnector.Clock, StoreConnector.Random),
        IsNameGenerated = _isNameGenerated,
        CodePrefix = CodePrefix.NullIfEmpty() ?? run?.CodePrefix,
        CodeLength = CodeLength ?? run?.CodeLength,
        MaxUsesPerCode = MaxUsesPerCode ?? run?.MaxUsesPerCode,
        ConsumeUnit = ConsumeUnit.NullIfEmpty() ?? run?.ConsumeUnit,
        BatchSize = MyInvocation.BoundParameters.ContainsKey(nameof(BatchSize)) ? BatchSize : run?.BatchSize ?? BatchSize,
        KeepSurplus = KeepSurplus,
    };

    private void ConfirmAndStart(StoreContext context, CodeRunRequest request, CodeFile? file)
    {
        StoreRuns runs = _runs.In(context);
        if (IsWhatIf)
        {
            Start(request.PromotionId, async cancellationToken =>
            {
                RunPlan plan = await runs.Planner.PlanAsync(request, file is not null, cancellationToken);
                await PostAsync(() => runs.Confirmation.Show(plan, request, file?.Path));
            });
        }
        else if (runs.Confirmation.Confirm(request, file?.Path))
        {
            ShowVerbose(MessageText.Of(SR.VerboseRunStarting, request.Name, request.PromotionId));
            RunState run = _runs.Add(context, request, ThrottleLimit);
            Start(request.PromotionId, _ => runs.Execution.ExecuteAsync(run, file));
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _runs.ShowProgress(ShowProgress);

    /// <inheritdoc/>
    private protected override void OnStopProcessing() => _runs.Interrupt(Host?.UI, Name!, StopJobsOnCancel);

    /// <inheritdoc/>
    private protected override void OnErrorStop()
    {
        if (_runs.IsAnyOpen)
        {
            ShowWarning(RunInterruption.HowToResume(Name!, SR.DetailJobsContinue));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _runs.Dispose();
        }
    }
}
