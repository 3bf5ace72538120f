using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Reports;
using EpPromo.PowerShell.Sessions;
using EpPromo.Reports;
using EpPromo.Runs.Finding;

namespace EpPromo.PowerShell;

/// <summary>Export-EpPromotionReport: writes what runs and their jobs did to one file, as a page or as JSON.</summary>
[Cmdlet(VerbsData.Export, "EpPromotionReport", SupportsShouldProcess = true, DefaultParameterSetName = PromotionSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportEpPromotionReportCommand : PromotionKindCmdlet
{
    private const string PromotionSet = "Promotion";
    private const string JobSet = "Job";
    private const string RunSet = "Run";

    private readonly ReportBuilder _builder = new();
    private readonly WorkProgress _progress = new(SR.ProgressReporting);
    private JobSelections _selections = null!;
    private ReportFile _file = null!;
    private bool _isPromotionGiven;
    private bool _isConfirmed;

    /// <summary>Whether promotions, or the whole store, are reported as such: that they have no jobs is then what the report says.</summary>
    private bool _reportsPromotions;

    /// <summary>
    /// The file. Its extension determines the format: .html for a page to read, to print and to attach to a ticket, .json for scripts.
    /// A file that exists is replaced. Wildcards match a file that exists.
    /// </summary>
    [Parameter(Position = 0)]
    [OptionalTransformation]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The same as -Path, with brackets and other wildcards as they are.</summary>
    [Parameter]
    [Alias("LP")]
    [OptionalTransformation]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>
    /// Report only runs with these names. Wildcards are allowed, and upper and lower case are the same. A name without a wildcard that no run
    /// has is an error.
    /// </summary>
    [Parameter(ParameterSetName = PromotionSet)]
    [ArgumentCompleter(typeof(RunNameCompleter))]
    [SupportsWildcards]
    [OptionalTransformation]
    public string[]? Name { get; set; }

    // Every object of the pipeline binds here, jobs and runs included: they have a PromotionId, too, so they would bind by that name at the
    // latest.

    /// <summary>
    /// Report the jobs of these promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of
    /// Get-EpPromotion. Without it, and without other input, the jobs of all promotions of the store that take codes are reported.
    /// </summary>
    [Parameter(ParameterSetName = PromotionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(CodePromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[]? Promotion { get; set; }

    // Not in a set of its own: a row of a table first binds to Promotion as a whole, and its JobId must be allowed, too.

    /// <summary>Report only the jobs of the promotion with these ids, for example from a file or from another session.</summary>
    [Parameter(ParameterSetName = PromotionSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [IdsTransformation]
    public string[]? JobId { get; set; }

    /// <summary>Jobs of Get-EpPromotionJob or Wait-EpPromotionJob. They can also be piped. They are reported as they are, without their runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet)]
    [ValidateNotNull]
    public PromotionJob[] Job { get; set; } = [];

    /// <summary>
    /// Runs of Get-EpPromotionRun or Request-EpPromotionCode, or their names. They can also be piped. Their jobs are read from the store, on
    /// all promotions of the run.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [RunsTransformation]
    [ValidateNotNull]
    public CodeRun[] Run { get; set; } = [];

    /// <summary>
    /// Also report how the codes are used: those of each complete run, or all codes of a promotion that was given itself. It takes the
    /// requests of Measure-EpPromotionCode: at least one for each 100 codes.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeUsage { get; set; }

    /// <summary>The heading of the report.</summary>
    /// <value>the name of the run, if there is only one</value>
    [Parameter]
    [OptionalTransformation]
    public string? Title { get; set; }

    /// <summary>Keep a file that exists, and report an error. Without this switch, the file is replaced.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a read-only file, and create the missing folders of the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int MaxConcurrency => StoreRunFinder.MaxConcurrency;

    private protected override object? ErrorTarget => ParameterSetName switch
    {
        JobSet => Job,
        RunSet => Run,
        _ => TextsOf(Promotion ?? []),
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Name), Name, "runs");
        Warnings.CheckFilter(nameof(JobId), JobId, "jobs");
        _selections = new JobSelections(Name);
        _isPromotionGiven = Promotion is not null;
        try
        {
            _file = OpenFile();
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Path ?? LiteralPath));
        }

        // Before anything is read: a run in the pipeline can take an hour, and then nobody is there to answer.
        _isConfirmed = ShouldProcess(_file.Path, SR.ConfirmReport);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (!_isConfirmed)
        {
            return;
        }

        switch (ParameterSetName)
        {
            case JobSet:
                ForEachInput(Job, AddJob);
                break;
            case RunSet:
                ForEachRun(Run, AddRun);
                break;
            default:
                AddPromotions();
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        if (!_isConfirmed)
        {
            return;
        }

        foreach (KeyValuePair<(StoreContext Context, string PromotionId), JobSelection> selection in _selections.All)
        {
            StartRead(selection.Key.Context, selection.Key.PromotionId, selection.Value);
        }

        DrainAll();
        foreach (string missing in _selections.MissingRuns)
        {
            ShowError(ErrorRecords.From(RunResolver.NotFound(missing, _selections.Runs), missing));
        }

        WriteReport(_builder.Build(Title, UserAgent.ModuleVersion, StoreConnector.Clock.UtcNow));
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    private ReportFile OpenFile() => !string.IsNullOrEmpty(Path) && !string.IsNullOrEmpty(LiteralPath)
        ? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.PathAndLiteralPath))
        : new ReportFile(PathArgument.Of(Path, LiteralPath), SessionState.Path, NoClobber, Force);

    private void AddPromotions()
    {
        if (Promotion is null && JobId is null && !MyInvocation.ExpectingInput)
        {
            StoreContext store = DefaultContext();
            _reportsPromotions = Name is null;
            foreach (Promotion promotion in Await(cancellationToken => new StoreRunFinder(store.Api).ListPromotionsAsync(cancellationToken)))
            {
                _selections.AddPromotion(store, promotion.PromotionId, null);
            }

            return;
        }

        string[]? jobs = JobId is null ? null : CheckedIds(JobId);
        foreach (PromotionReference reference in jobs is { Length: 0 } ? [] : Promotion ?? [])
        {
            if (!_isPromotionGiven && reference.Row?.BaseObject is PromotionJob job)
            {
                ForEachInput([job], AddJob);
            }
            else if (!_isPromotionGiven && RunsTransformationAttribute.IsRun(reference.Row))
            {
                ForEachRun(RunsTransformationAttribute.PartsOf(reference.Row), AddRun);
            }
            else
            {
                ForEachPromotion([reference], (context, promotion) =>
                {
                    SourceOf(context, promotion.PromotionId);
                    _reportsPromotions |= jobs is null && Name is null;
                    _selections.AddPromotion(context, promotion.PromotionId, jobs);
                });
            }
        }
    }

    private void AddJob(PromotionJob job) =>
        _builder.Of(job.Origin, Identifier.Checked(job.PromotionId), job.PromotionName).Add(job, isRunWhole: false);

    private void AddRun(StoreContext context, CodeRun run)
    {
        SourceOf(context, run.PromotionId).Add(run);
        _selections.AddRun(context, run.PromotionId, run.Name);
    }

    /// <inheritdoc/>
    private protected override void OnRunUnread(StoreContext context, string promotionId, EpPromoException error)
    {
        SourceOf(context, promotionId).Add(error, null);
        base.OnRunUnread(context, promotionId, error);
    }

    private ReportSource SourceOf(StoreContext context, string promotionId) =>
        _builder.Of(context.Section, promotionId, context.Directory.Identify(promotionId).PromotionName);

    private void StartRead(StoreContext context, string promotionId, JobSelection selection)
    {
        WorkStep step = _progress.Add(context.Directory.Identify(promotionId).ToString());
        Start(promotionId, async cancellationToken =>
        {
            using WorkStep active = step;
            step.Report("");
            await new ReportReader(this, context, promotionId, selection, () => SourceOf(context, promotionId))
                .ReadAsync(IncludeUsage, cancellationToken);
        });
    }

    /// <summary>
    /// Writes the report, unless the pipeline gave nothing or the names and ids select nothing: a report without problems would look like
    /// success, and would replace an earlier one.
    /// </summary>
    private void WriteReport(Report report)
    {
        if (!_reportsPromotions && report is { Totals.Jobs: 0, Problems.Count: 0 })
        {
            EpPromoException error = new(ErrorKind.InvalidArgument, nameof(SR.NothingToReport), _file.Path);
            ShowError(ErrorRecords.From(error, _file.Path));
            return;
        }

        Start(_file.Path, async cancellationToken =>
        {
            WrittenFile written = await _file.WriteAsync(report, WriteWarningAsync, cancellationToken);
            await PostAsync(() => WriteObject(ReportFile.ToObject(written, InvokeProvider, report.Totals)));
        });
    }
}
