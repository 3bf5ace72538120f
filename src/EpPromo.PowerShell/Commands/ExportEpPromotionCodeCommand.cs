using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Export-EpPromotionCode: writes codes to files: those of a job, of a run, or all codes of a promotion.</summary>
[Cmdlet(VerbsData.Export, "EpPromotionCode", SupportsShouldProcess = true, DefaultParameterSetName = JobSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportEpPromotionCodeCommand : PromotionKindCmdlet
{
    private const string PromotionSet = "Promotion";
    private const string JobSet = "Job";
    private const string RunSet = "Run";

    private readonly Dictionary<StoreContext, CodeExporter> _exporters = [];
    private readonly WorkProgress _progress = new(SR.ProgressExporting);
    private OutputPathResolver _path = null!;
    private OutputFiles _files = null!;
    private CommandTimeout _timeout = null!;
    private bool _isPromotionGiven;

    // Neither promotions nor jobs are mandatory: PowerShell would ask for a job, which nobody can type. If only jobs were not, PowerShell would
    // bind piped jobs to -Promotion.

    // Objects of the pipeline other than jobs bind here, runs included: a run has a PromotionId, too, so it would bind by that name at the
    // latest.

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion. All
    /// codes of each are exported, unless -JobId specifies a job.
    /// </summary>
    [Parameter(ParameterSetName = PromotionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation]
    [ValidateNotNull]
    public PromotionReference[] Promotion { get; set; } = [];

    // Not in a set of its own: a row of a table first binds to Promotion as a whole, and its JobId must be allowed, too.

    /// <summary>
    /// Ids of jobs of the promotion, for example from a file or from another session. They are treated like the jobs of -Job. A job that
    /// does not exist is an error.
    /// </summary>
    [Parameter(ParameterSetName = PromotionSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [IdsTransformation]
    public string[]? JobId { get; set; }

    /// <summary>
    /// Jobs, usually from the pipeline. The command waits until the job has ended. Of a generate job, it exports the codes that the job
    /// has generated; of an export job, it downloads the file unchanged.
    /// </summary>
    [Parameter(ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PromotionJob[] Job { get; set; } = [];

    /// <summary>
    /// Runs of Get-EpPromotionRun or Request-EpPromotionCode, or their names. They can also be piped. The codes of the run are exported, one file for each of its
    /// promotions. A run with missing codes is an error.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [RunsTransformation]
    [ValidateNotNull]
    public CodeRun[] Run { get; set; } = [];

    /// <summary>
    /// A file, a folder, or a script block that returns the path for $_. In a folder, each file is named after its promotion and the job or
    /// run: <c>Summer Sale_bf26.csv</c>, or <c>Summer Sale (Standard)_bf26.csv</c> for a promotion of the kind Standard. A path without an
    /// extension, or with a slash at its end, is a folder, which is created if it is missing. Wildcards match a file or folder that exists. The
    /// extension determines the format: .csv, .json, .jsonl or .xlsx.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [OptionalTransformation]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    // No alias PSPath: a file that an export has emitted, with its promotion, would be replaced when it is piped.

    /// <summary>The same as -Path, with brackets and other wildcards as they are.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("LP")]
    [OptionalTransformation]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Export all codes of the promotion of a job or run, including those that other jobs have generated.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Keep a file that exists, and report an error. Without this switch, the file is replaced.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a read-only file, and create the missing folders of a file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// The maximum time for all exports together, in seconds or as a TimeSpan. The time starts when the first input reaches the command.
    /// Without it, there is no limit.
    /// </summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    private protected override int MaxConcurrency => 8;

    private protected override bool UsesWaiter => true;

    private protected override object? ErrorTarget => ParameterSetName switch
    {
        JobSet => Job,
        RunSet => Run,
        _ => TextsOf(Promotion),
    };

    private PathArgument PathOfInput => PathArgument.Of(Path, LiteralPath);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (!string.IsNullOrEmpty(Path) && !string.IsNullOrEmpty(LiteralPath))
        {
            EpPromoException error = new(ErrorKind.InvalidArgument, nameof(SR.PathAndLiteralPath));
            ThrowTerminatingError(ErrorRecords.From(error, LiteralPath));
        }

        _isPromotionGiven = Promotion.Length > 0;
        _path = new OutputPathResolver(PathOfInput, SessionState.Path);
        _files = new OutputFiles(NoClobber, Force, (error, promotions) => ShowError(ErrorRecords.From(error, promotions)));
        _timeout = CreateTimeout(Timeout);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (Promotion.Length == 0 && Job.Length == 0 && Run.Length == 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NothingToExport));
        }

        // What can be wrong without the store, before promotions are read from it.
        _files.Check(_path.Check(PathOfInput));
        switch (ParameterSetName)
        {
            case JobSet:
                ForEachInput(Job, job => Process(ContextFor(job.Origin), new CodeSource(job.PromotionId) { JobId = job.JobId, Job = job }));
                break;
            case RunSet:
                ForEachRun(Run, ProcessRun);
                break;
            default:
                string[]? jobs = JobId is null ? null : CheckedIds(JobId);
                foreach (PromotionReference reference in jobs is { Length: 0 } ? [] : Promotion)
                {
                    if (!_isPromotionGiven && RunsTransformationAttribute.IsRun(reference.Row))
                    {
                        ForEachRun(RunsTransformationAttribute.PartsOf(reference.Row), ProcessRun);
                    }
                    else
                    {
                        ForEachPromotion([reference], (context, promotion) => ProcessPromotion(context, promotion, jobs));
                    }
                }

                break;
        }
    }

    /// <summary>A script that goes on with the file would fail, or use an old one. An empty variable is no mistake of a command before.</summary>
    private protected override void OnNoInput()
    {
        if (FollowsCommand)
        {
            ShowWarning(MessageText.Of(SR.WarningNothingToExport, MyInvocation.MyCommand.Name));
        }
    }

    private void ProcessRun(StoreContext context, CodeRun run) => Process(context, new CodeSource(run.PromotionId) { Run = run });

    private void ProcessPromotion(StoreContext context, PromotionIdentity promotion, string[]? jobs)
    {
        CodeSource source = new(promotion.PromotionId);
        if (jobs is null)
        {
            Process(context, source);
        }
        else
        {
            ForEachInput(jobs, job => Process(context, source with { JobId = job }));
        }
    }

    private void Process(StoreContext context, CodeSource source)
    {
        Identifier.Check(source.PromotionId);
        if (source.JobId is not null)
        {
            Identifier.Check(source.JobId);
        }

        bool isExportJob = source.Job is { } job && JobStatuses.Is(job.JobType, JobTypes.Export);
        source = All && !isExportJob ? new CodeSource(source.PromotionId) : source;
        OutputTarget promotion = TargetOf(context, context.Directory.Identify(source.PromotionId), _path.IsFolder(PathOfInput));
        OutputPath path = _path.For(source.TargetIn(promotion), PathOfInput)
            ?? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.PathMissing), source.PromotionId);
        CodeFile file = _files.Reserve(path, context.Store.Connection.CodeFiles);
        _files.Start(path, () => ConfirmAndStart(context, source, file));
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing() => _files.StartDeferred();

    private void ConfirmAndStart(StoreContext context, CodeSource source, CodeFile file)
    {
        PromotionIdentity promotion = context.Directory.Identify(source.PromotionId);
        if (!ShouldProcess(MessageText.Of(SR.ConfirmPromotion, context.Directory.Describe(promotion)), source.Describe(file.Path)))
        {
            return;
        }

        if (!_exporters.TryGetValue(context, out CodeExporter? exporter))
        {
            _exporters[context] = exporter = new CodeExporter(context, Limit, WriteWarningAsync);
        }

        WorkStep step = _progress.Add(promotion.ToString());
        Start(source.PromotionId, async _ =>
        {
            using WorkStep active = step;
            try
            {
                ExportedFile exported = await exporter.ExportAsync(source, file, step, _timeout.Token);
                string name = context.Directory.Identify(source.PromotionId).PromotionName;
                await PostAsync(() => WriteObject(exported.ToObject(InvokeProvider, name, context.Kind)));
            }
            catch (OperationCanceledException) when (_timeout.HasExpired)
            {
                throw TimeoutError(nameof(SR.ExportTimeout), source.PromotionId, Timeout);
            }
        });
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress, RemainingJobTime);

    /// <inheritdoc/>
    private protected override void OnStopProcessing() => WarnOfUnfinishedJobs();
}
