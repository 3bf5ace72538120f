using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs.Finding;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that finds runs by their names, in the job lists of the given promotions or of the whole store.</summary>
public abstract class RunListCmdlet : PromotionKindCmdlet
{
    private readonly HashSet<(StoreContext, string)> _started = [];

    /// <summary>The runs of the pipeline, by promotion. All have to be known before the promotion is read.</summary>
    private readonly Dictionary<(StoreContext Store, string PromotionId), HashSet<string>> _pipedRuns = [];
    private readonly WorkProgress _progress = new(SR.ProgressReadingRuns);
    private RunNameFilter _names = null!;
    private bool _isPromotionGiven;

    /// <summary>
    /// Names of runs. Wildcards are allowed, and upper and lower case are the same. A name without a wildcard that no run has is an error.
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("Run")]
    [ArgumentCompleter(typeof(RunNameCompleter))]
    [SupportsWildcards]
    [OptionalTransformation]
    public string[]? Name { get; set; }

    /// <summary>
    /// Look for runs on these promotions only, which takes fewer requests: their names (upper and lower case are the same), their ids, or
    /// objects such as the promotions of Get-EpPromotion. A run in the pipeline means itself, on its promotions. Without this parameter, all
    /// promotions of the store that take codes are read.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(CodePromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[]? Promotion { get; set; }

    private protected sealed override int MaxConcurrency => StoreRunFinder.MaxConcurrency;

    private protected sealed override object? ErrorTarget => TextsOf(Promotion ?? []);

    /// <summary>Whether the promotions of the whole store are read.</summary>
    private protected bool IsWholeStore => Promotion is null && !MyInvocation.ExpectingInput;

    /// <summary>Whether promotions, or the jobs of one, could not be read.</summary>
    private protected bool HasFailed { get; private set; }

    /// <summary>Whether a run of this name is wanted; null if all runs are.</summary>
    private protected Func<string, bool>? IsWanted => _names.IsWanted;

    /// <summary>Returns what reads the jobs of a promotion. On the pipeline thread; what is returned is work.</summary>
    /// <param name="store">The store.</param>
    /// <param name="promotionId">The promotion; each is read once.</param>
    /// <param name="isWanted">Whether a run of this name is wanted; null if all runs are.</param>
    private protected abstract Func<CancellationToken, Task> CreateRead(StoreContext store, string promotionId, Func<string, bool>? isWanted);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Name), Name, "runs");
        _names = new RunNameFilter(Name);
        _isPromotionGiven = Promotion is not null;
    }

    /// <inheritdoc/>
    private protected sealed override void ProcessInput()
    {
        if (IsWholeStore)
        {
            StoreContext store = DefaultContext();
            foreach (Promotion promotion in ListPromotions(store))
            {
                StartRead(store, promotion.PromotionId, IsWanted);
            }

            return;
        }

        foreach (PromotionReference reference in Promotion ?? [])
        {
            bool isRun = !_isPromotionGiven && RunsTransformationAttribute.IsRun(reference.Row);
            string? run = isRun ? RunsTransformationAttribute.PartsOf(reference.Row)[0].Name : null;
            ForEachPromotion([reference], (store, promotion) =>
            {
                if (run is null)
                {
                    StartRead(store, promotion.PromotionId, IsWanted);
                }
                else
                {
                    AddPipedRun(store, promotion.PromotionId, run);
                }
            });
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    /// <summary>Reads the jobs of all promotions of the input. On the pipeline thread.</summary>
    private protected void ReadAll()
    {
        foreach (KeyValuePair<(StoreContext Store, string PromotionId), HashSet<string>> piped in _pipedRuns)
        {
            StartRead(
                piped.Key.Store,
                piped.Key.PromotionId,
                run => (IsWanted?.Invoke(run) ?? true) && piped.Value.Contains(NormalizedText.Of(run)));
        }

        DrainAll();
    }

    /// <summary>Writes an error for each given name that no run has, if all promotions could be read. On the pipeline thread.</summary>
    private protected void ShowMissingRuns()
    {
        foreach (string missing in HasFailed ? [] : _names.Missing)
        {
            ShowError(ErrorRecords.From(RunResolver.NotFound(missing, _names.Runs), missing));
        }
    }

    private IReadOnlyList<Promotion> ListPromotions(StoreContext store)
    {
        try
        {
            return AwaitNames(new StoreRunFinder(store.Api).ListPromotionsAsync);
        }
        catch (EpPromoException)
        {
            HasFailed = true;
            throw;
        }
    }

    private void AddPipedRun(StoreContext store, string promotionId, string run)
    {
        if (!_pipedRuns.TryGetValue((store, promotionId), out HashSet<string>? runs))
        {
            runs = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            _pipedRuns.Add((store, promotionId), runs);
        }

        runs.Add(NormalizedText.Of(run));
    }

    private void StartRead(StoreContext store, string promotionId, Func<string, bool>? isWanted)
    {
        if (!_started.Add((store, promotionId)))
        {
            return;
        }

        Func<CancellationToken, Task> read = CreateRead(store, promotionId, isWanted);
        WorkStep step = _progress.Add(store.Directory.Identify(promotionId).ToString());
        Start(promotionId, async cancellationToken =>
        {
            using WorkStep active = step;
            active.Report("");
            try
            {
                await read(cancellationToken);
            }
            catch (EpPromoException)
            {
                HasFailed = true;
                throw;
            }
        });
    }
}
