using System.Globalization;
using System.Management.Automation;
using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Runs;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotionJob: returns the jobs of promotions, page by page.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotionJob", SupportsPaging = true, DefaultParameterSetName = PromotionSet)]
[OutputType(typeof(PromotionJob))]
public sealed class GetEpPromotionJobCommand : PromotionKindCmdlet
{
    private const string PromotionSet = "Promotion";
    private const string RunSet = "Run";
    private const string PromotionAndRunSet = "PromotionAndRun";

    /// <summary>How many promotions are read at the same time.</summary>
    private const int MaxPromotionsAtOnce = 8;

    /// <summary>How many pages of a promotion are kept until those before it are written.</summary>
    private const int MaxPagesAhead = 10;

    private readonly WorkProgress _progress = new(SR.ProgressReadingJobs);
    private ulong _matched;

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PromotionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PromotionAndRunSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation(ExceptRuns = true)]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>
    /// Return only the jobs of these runs: runs of Get-EpPromotionRun or Request-EpPromotionCode, or their names. Without -Promotion, the
    /// jobs on all promotions of the run are returned.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, ParameterSetName = PromotionAndRunSet)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [RunsTransformation]
    [ValidateNotNull]
    public CodeRun[]? Run { get; set; }

    /// <summary>Return only the jobs with these ids. An id that does not exist is an error.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [IdsTransformation]
    public string[]? JobId { get; set; }

    /// <summary>Return only jobs of these types: code_generate, code_export. CodeGenerate and CodeExport are accepted, too.</summary>
    [Parameter]
    [ApiWordTransformation]
    [ArgumentCompleter(typeof(WordCompleter))]
    public string[]? JobType { get; set; }

    /// <summary>Return only jobs with these statuses: pending, processing, completed, failed, cancelling, cancelled.</summary>
    [Parameter]
    [TextTransformation]
    [ArgumentCompleter(typeof(WordCompleter))]
    public string[]? Status { get; set; }

    /// <summary>
    /// Return only jobs with these names. Wildcards are allowed, and upper and lower case are the same. A name that itself contains
    /// wildcard characters is found, too.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(JobNameCompleter))]
    [OptionalTransformation]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>
    /// Return only this number of jobs of each promotion, the newest first. Without it, jobs are in the order of the store, which is not
    /// documented.
    /// </summary>
    [Parameter]
    [WholeNumberTransformation(Minimum = 1)]
    public int? Newest { get; set; }

    // With -First, the first promotions are usually enough, and reading ahead would only cost requests.
    private protected override int MaxConcurrency => ReadsAll ? MaxPromotionsAtOnce : 1;

    private bool ReadsAll => PagingParameters.First == ulong.MaxValue || PagingParameters.IncludeTotalCount;

    private protected override object? ErrorTarget => ParameterSetName == RunSet ? Run : TextsOf(Promotion);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(JobId), JobId, "jobs");
        Warnings.CheckFilter(nameof(JobType), JobType, "jobs");
        Warnings.CheckFilter(nameof(Status), Status, "jobs");
        Warnings.CheckFilter(nameof(Name), Name, "jobs");
        WarnOfUnknownWords(JobType, JobTypes.All, (one, other) => one == other);
        WarnOfUnknownWords(Status, JobStatuses.All, JobStatuses.AreSame);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        string[]? jobs = JobId is null ? null : CheckedIds(JobId);
        if (jobs is { Length: 0 })
        {
            return;
        }

        JobFilter filter = new(jobs, JobType, Status, Name);
        List<(StoreContext Context, PromotionIdentity Promotion, string[]? Runs)> lists = [];
        bool isAllFound;
        if (ParameterSetName == RunSet)
        {
            isAllFound = ForEachRun(Run!, (context, run) =>
                lists.Add((context, context.Directory.Identify(run.PromotionId), [run.Name])));
        }
        else
        {
            string[]? runs = Run?.Select(run => run.Name).ToArray();
            ForEachPromotion(Promotion, (context, promotion) => lists.Add((context, promotion, runs)));
            isAllFound = lists.Count == Promotion.Length;
        }

        int remaining = lists.Count;
        foreach ((StoreContext context, PromotionIdentity promotion, string[]? runs) in lists)
        {
            WorkStep step = _progress.Add(promotion.ToString());
            StartOrdered(promotion.PromotionId, async (output, cancellationToken) =>
            {
                using (step)
                {
                    step.Report("");
                    await ListAsync(context, promotion.PromotionId, runs, filter, output, cancellationToken);
                }

                if (--remaining == 0 && isAllFound)
                {
                    await ReportMissingAsync(filter, lists.Select(list => list.Promotion.PromotionId));
                }
            });
        }
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        if (PagingParameters.IncludeTotalCount)
        {
            // Counted after the last promotion: the filters are applied here, so the store's own total would differ.
            StartOrdered(null, async (output, cancellationToken) =>
            {
                await output.WaitAsync(cancellationToken);
                await PostAsync(() => WriteObject(PagingParameters.NewTotalCount(_matched, 1.0)));
            });
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    /// <summary>The store may know more words, so this is no error; but a misspelled word would look like "there are none".</summary>
    private void WarnOfUnknownWords(string[]? words, IReadOnlyList<string> known, Func<string, string, bool> areSame)
    {
        foreach (string word in (words ?? []).Where(word => !known.Any(one => areSame(one, word))))
        {
            ShowWarning(string.Format(CultureInfo.InvariantCulture, SR.WarningUnknownFilterValue, word, string.Join(", ", known)));
        }
    }

    /// <summary>Whether a job is of one of the runs with these names; of all jobs, if there are none.</summary>
    private static bool IsOf(string[]? runs, PromotionJob job) =>
        runs is null || (JobStatuses.Is(job.JobType, JobTypes.Generate) && runs.Any(run => BatchName.Parse(run, job.Name) is not null));

    /// <summary>Reads the jobs of a promotion, and writes them in order. When it ends, those before have been written.</summary>
    private async Task ListAsync(
        StoreContext context, string promotionId, string[]? runs, JobFilter filter, OrderedOutput output, CancellationToken cancellationToken)
    {
        if (IsFirstReached)
        {
            return;
        }

        HashSet<string> seen = [];
        List<PromotionJob> all = [];
        string? jobType = runs is null ? filter.OnlyJobType : JobTypes.Generate;

        // A search ends with the last of the ids, perhaps on the first page.
        PageConcurrency concurrency = ReadsAll && JobId is null ? context.Pages : PageConcurrency.One;
        ReadAhead<Page<PromotionJob>> pages = new(output, MaxPagesAhead, UseAsync, cancellationToken);
        try
        {
            await JobFinder.WalkAsync(context.Api.Jobs, promotionId, jobType, 0, pages.AddAsync, concurrency, cancellationToken);
        }
        finally
        {
            // Also what was read before an error.
            await pages.CompleteAsync();
        }

        if (Newest is { } newest)
        {
            await WritePagedAsync(all.OrderByDescending(job => job.CreatedAt).Take(newest));
        }

        async Task<bool> UseAsync(Page<PromotionJob> page)
        {
            IEnumerable<PromotionJob> matching = page.Items.Where(job => seen.Add(job.JobId) && IsOf(runs, job) && filter.Matches(job));
            if (Newest is null)
            {
                await WritePagedAsync(matching);
                return !IsFirstReached && !filter.IsComplete;
            }

            all.AddRange(matching);
            return true;
        }
    }

    /// <summary>Reports the ids that none of the promotions has, unless -First has ended the search.</summary>
    private async Task ReportMissingAsync(JobFilter filter, IEnumerable<string> promotions)
    {
        foreach (string missing in IsFirstReached ? [] : filter.Missing)
        {
            await WriteErrorAsync(new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), missing, string.Join(", ", promotions)), missing);
        }
    }

    /// <summary>Whether -First is satisfied and the rest need not be counted.</summary>
    private bool IsFirstReached =>
        !PagingParameters.IncludeTotalCount && _matched >= PagingParameters.Skip
        && _matched - PagingParameters.Skip >= PagingParameters.First;

    private async Task WritePagedAsync(IEnumerable<PromotionJob> jobs)
    {
        foreach (PromotionJob job in jobs)
        {
            if (_matched >= PagingParameters.Skip && _matched - PagingParameters.Skip < PagingParameters.First)
            {
                await WriteObjectAsync(job);
            }

            _matched++;
        }
    }
}
