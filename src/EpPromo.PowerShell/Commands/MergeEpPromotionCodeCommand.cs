using System.Management.Automation;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Recipients;
using EpPromo.PowerShell.Sessions;
using EpPromo.Recipients;
using EpPromo.Runs.Finding;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Merge-EpPromotionCode: gives each recipient of a list one code, and records in a file who has which.</summary>
[Cmdlet(VerbsData.Merge, "EpPromotionCode", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PSObject))]
public sealed class MergeEpPromotionCodeCommand : PromotionKindCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const int ActivityId = 1;

    private readonly RecipientRows _rows = new();
    private ICsvTables _tables = null!;
    private CodeInput _codes = null!;
    private string _path = "";
    private MergeFiles _files = null!;
    private RecipientMerge? _merge;
    private int _recordCount;
    private Func<string> _status = () => MessageText.Of(SR.ProgressReadingRecord, 0);

    // Not mandatory: PowerShell would ask for a recipient, which nobody can type.

    /// <summary>
    /// The recipients, usually rows of Import-Csv through the pipeline: any objects with properties. All recipients of the mailing, old and
    /// new, in any order.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// The CSV file to write: the columns of the list, and a column <c>Code</c>. If it exists, it is read first: it records who has which code.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The same, with each character as it is: brackets are no wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>
    /// The property that tells recipients apart, such as <c>Email</c> or a customer number. Case, white space around it and the Unicode form
    /// of letters do not matter.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(KeyColumnCompleter))]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string Key { get; set; } = "";

    /// <summary>
    /// Codes for the new recipients, in this order: texts, or objects with a property <c>Code</c>, such as codes of Receive-EpPromotionJob and
    /// rows of Import-Csv. A file of Export-EpPromotionCode stands for the codes in it.
    /// </summary>
    [Parameter]
    public object?[]? Code { get; set; }

    /// <summary>CSV files with a column <c>Code</c>, such as those of Export-EpPromotionCode. Wildcards are allowed.</summary>
    [Parameter]
    [OptionalTransformation]
    public string[]? CodePath { get; set; }

    /// <summary>
    /// Runs of Request-EpPromotionCode or Get-EpPromotionRun, or their names. Their codes are requested from the store. For many codes, a file
    /// that the run has written (-CodePath) is faster.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunCompleter))]
    [RunsTransformation]
    public CodeRun[]? Run { get; set; }

    /// <summary>Jobs that have completed, for example from Wait-EpPromotionJob. Their codes are requested from the store.</summary>
    [Parameter]
    public PromotionJob[]? Job { get; set; }

    /// <summary>Report an error if the file exists. Use it for the first merge of a mailing.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a read-only file, and create the missing folders of the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? ErrorTarget => InputObject;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckRun(Run);
        EndOnError(Open);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        try
        {
            if (InputObject is not null)
            {
                (IReadOnlyList<string> names, string[] values) = _rows.Read(InputObject);
                _merge!.Add(names, values);
            }
        }
        catch (EpPromoException e) when (e.ErrorId != nameof(SR.RecipientKeyMissing))
        {
            ThrowTerminatingError(ErrorRecords.From(e, InputObject));
        }
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing() => EndOnError(() =>
    {
        RecipientMerge merge = _merge!;
        if (merge.RowCount == 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NoRecipients));
        }

        if (!merge.HasRecipients)
        {
            // Each row has had its own error.
            return;
        }

        _files.CheckUnchanged();
        StartWhole(cancellationToken => OfferCodesAsync(merge, cancellationToken));
    });

    /// <inheritdoc/>
    private protected override void UpdateProgress() => ShowProgress(new ProgressRecord(ActivityId, SR.ProgressMerging, _status()));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _merge?.Dispose();
            _files?.Dispose();
        }
    }

    private void Open()
    {
        _tables = StoreConnector.OpenTables();
        _codes = new CodeInput(_tables);
        _path = MergePath.Resolve(PathArgument.Of(Path, LiteralPath), SessionState.Path);
        OutputFiles.Check(_path, NoClobber, Force, createsFolder: Force);
        AddCodes();
        _files = new MergeFiles(_path, Force, WriteWarningAsync);
        _files.Open();
        _merge = new RecipientMerge(
            new MergeOptions(Key, _path, _files.FormerPath), _tables, SpoolFile.Open, _files.List, _files.Former, OnRecordRow);
        _status = () => _merge.HasRecipients
            ? MessageText.Of(SR.ProgressReadingRecipients, _merge.RowCount)
            : MessageText.Of(SR.ProgressReadingRecord, _recordCount);
    }

    private void AddCodes()
    {
        CodeSources sources = new(_codes, ContextFor, FindWholeRun, WriteWarningAsync);
        IEnumerable<object?> codes = (Code ?? []).Where(item => !EmptyValue.Is(item));
        foreach (object item in codes.Concat(Run ?? []).Concat(Job ?? []).OfType<object>())
        {
            sources.Add(PSObject.AsPSObject(item));
        }

        foreach (string file in (CodePath ?? []).SelectMany(path => MergePath.ResolveMany(path, SessionState.Path)))
        {
            _codes.AddFile(file);
        }
    }

    /// <summary>Finds a run on all of its promotions: recipients would otherwise get no code although there is one.</summary>
    /// <exception cref="EpPromoException">It is invalid or cannot be found, or may be on more promotions.</exception>
    private IReadOnlyList<CodeRun> FindWholeRun(StoreContext context, CodeRun run)
    {
        RunSearch found = FindRun(context, run);
        return found.Unread.Count == 0 ? found.Parts : throw found.Unread[0].Error;
    }

    private async Task OfferCodesAsync(RecipientMerge merge, CancellationToken cancellationToken)
    {
        merge.EndList(cancellationToken);
        _status = () => MessageText.Of(SR.ProgressReadingCodes, merge.OfferedCount, merge.NewCount);
        await _codes.OfferAllAsync(
            code =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                merge.Offer(code);
            },
            cancellationToken);
        merge.EndCodes(cancellationToken);
        await PostAsync(() => ConfirmAndStart(merge));
    }

    /// <summary>On the pipeline thread.</summary>
    private void ConfirmAndStart(RecipientMerge merge)
    {
        foreach (string warning in MergeWarnings.Of(merge))
        {
            ShowWarning(warning);
        }

        if (ShouldProcess(_path, MessageText.Of(SR.ConfirmMerge, merge.RecipientCount, merge.NewCount, merge.KeptCount)))
        {
            StartWhole(cancellationToken => WriteAsync(merge, cancellationToken));
        }
    }

    private async Task WriteAsync(RecipientMerge merge, CancellationToken cancellationToken)
    {
        _status = () => MessageText.Of(SR.ProgressWritingRecipients, merge.RecipientCount);
        await merge.WriteAsync(_files, cancellationToken);
        await PostAsync(() => Emit(merge));
    }

    /// <summary>Only now: who gets a code from the output must be found in the file again. On the pipeline thread.</summary>
    private void Emit(RecipientMerge merge)
    {
        ShowVerbose(MessageText.Of(SR.VerboseMerged, merge.RecipientCount, merge.NewCount, merge.KeptCount));
        if (merge.Former.Added > 0)
        {
            ShowWarning(MessageText.Of(SR.WarningFormerRecipients, merge.Former.Added, _files.FormerPath));
        }

        foreach (MergedRow row in merge.Rows())
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(RecipientRows.ToObject(row.Columns, row.Values, row.IsNew));
        }
    }

    /// <summary>Called for each recipient of the existing file, on the pipeline thread.</summary>
    private void OnRecordRow(int count)
    {
        StopToken.ThrowIfCancellationRequested();
        _recordCount = count;
        UpdateProgressWhenDue();
    }

    /// <summary>Starts work of the merge as a whole: an error in it ends the command.</summary>
    private void StartWhole(Func<CancellationToken, Task> work) => Start(_path, async cancellationToken =>
    {
        try
        {
            await work(cancellationToken);
        }
        catch (EpPromoException e)
        {
            await PostAsync(() => ThrowTerminatingError(ErrorRecords.From(e, _path)));
        }
    });

    private void EndOnError(Action action)
    {
        try
        {
            action();
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, _path));
        }
    }
}
