using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Jobs.Waiting;
using EpPromo.Runs.Execution;

namespace EpPromo.Runs.Planning;

/// <summary>Plans runs: what they would still take. Sends no request that changes anything.</summary>
internal sealed class RunPlanBuilder
{
    /// <summary>Requests besides those of the jobs: to read the list at the start and at the end.</summary>
    private const int RequestsPerRun = 2;

    /// <summary>Requests per job: to create it, and about three polls.</summary>
    private const int RequestsPerJob = 4;

    /// <summary>Requests per export: those of its job, and one for the link to the file.</summary>
    private const int RequestsPerExport = RequestsPerJob + 1;

    private const int CodesPerPage = 100;

    private readonly RunContext _context;
    private readonly double _requestsPerSecond;
    private readonly PageConcurrency _pages;

    /// <summary>A planner for the runs of a command.</summary>
    /// <param name="context">What the runs share.</param>
    /// <param name="requestsPerSecond">The store's rate.</param>
    /// <param name="pages">How many pages of lists are requested at the same time.</param>
    public RunPlanBuilder(RunContext context, double requestsPerSecond, PageConcurrency pages)
    {
        _context = context;
        _requestsPerSecond = requestsPerSecond;
        _pages = pages;
    }

    /// <summary>Plans a run from the promotion's jobs and codes.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="exports">Whether the codes are exported too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The run was started with other parameters, or a list cannot be read.</exception>
    public async Task<RunPlan> PlanAsync(CodeRunRequest request, bool exports, CancellationToken cancellationToken)
    {
        // Nobody has started a run with a generated name. So the first page is enough, unless the export reads all codes.
        IReadOnlyList<PromotionJob> jobs = !request.IsNameGenerated || (exports && request.CodePrefix is null)
            ? await JobFinder.ListAsync(_context.Api.Jobs, request.PromotionId, JobTypes.Generate, null, _pages, cancellationToken)
            : await ReadFirstPageAsync(request.PromotionId, cancellationToken);
        RunPlan plan = Plan(request, _requestsPerSecond, _context.ConsistencyWindow, jobs, exports);
        (long codes, bool isExact) = await new CodeRoomFinder(_context.Api.Jobs, _context.Api.Codes, _pages).CountAsync(
            request.PromotionId, jobs, cancellationToken);
        return plan with { CodesOnPromotion = codes, MayHaveMoreCodes = !isExact, Room = CodeRoom.Of(codes, isExact, jobs) };
    }

    /// <summary>Plans a run from the jobs that are known.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="requestsPerSecond">The store's rate.</param>
    /// <param name="consistencyWindow">How long lists may lag behind.</param>
    /// <param name="jobs">
    /// Jobs of the promotion: codes of the run need not be generated again, and finished jobs show how long others take.
    /// </param>
    /// <param name="exports">Whether the codes are exported too.</param>
    /// <exception cref="EpPromoException">The run was started with other parameters.</exception>
    public static RunPlan Plan(
        CodeRunRequest request,
        double requestsPerSecond,
        TimeSpan consistencyWindow,
        IReadOnlyList<PromotionJob> jobs,
        bool exports = false)
    {
        RunJournal journal = JournalOf(request, jobs);
        int newCodes = Math.Max(0, journal.Missing - journal.CodesInProgress);
        int newJobs = (newCodes + request.BatchSize - 1) / request.BatchSize;
        int jobSize = Math.Min(newCodes, request.BatchSize);
        long requests = RequestsPerRun + ((long)RequestsPerJob * newJobs) + (exports ? RequestsToExport(request, newCodes, jobs) : 0);
        return new RunPlan
        {
            Jobs = newJobs,
            Codes = newCodes,
            ExistingCodes = request.Count - newCodes,
            Requests = requests,
            RequestTime = TimeSpan.FromSeconds(requests / requestsPerSecond),
            JobSize = jobSize,
            TimePerJob = WorkTimes.Estimate(JobTypes.Generate, jobSize, WorkSample.Of(jobs))?.Typical,
            FinalCheckTime = request.IsNameGenerated ? TimeSpan.Zero : consistencyWindow,
        };
    }

    /// <summary>What is known of a run from the jobs of its promotion.</summary>
    /// <exception cref="EpPromoException">The run was started with other parameters.</exception>
    public static RunJournal JournalOf(CodeRunRequest request, IReadOnlyList<PromotionJob> jobs)
    {
        RunJournal journal = new(request);
        journal.Observe(jobs);
        RunDifferences.ThrowIfAny(request, journal.FindParameterDifferences());
        RunDifferences.ThrowIfAny(request, journal.FindCountDifference());
        return journal;
    }

    private async Task<IReadOnlyList<PromotionJob>> ReadFirstPageAsync(string promotionId, CancellationToken cancellationToken)
    {
        IReadOnlyList<PromotionJob> jobs = [];
        await JobFinder.WalkAsync(
            _context.Api.Jobs,
            promotionId,
            JobTypes.Generate,
            0,
            page =>
            {
                jobs = page.Items;
                return false;
            },
            cancellationToken);
        return jobs;
    }

    /// <summary>
    /// If the file of the export has no times, the export reads all codes with the run's prefix to distinguish the run's codes from others;
    /// without a prefix, all codes of the promotion, whose number only its jobs reveal. So this is the largest number of requests.
    /// </summary>
    private static long RequestsToExport(CodeRunRequest request, int newCodes, IReadOnlyList<PromotionJob> jobs)
    {
        long codes = request.CodePrefix is null ? newCodes + jobs.Sum(job => (long)JobCodeCount.MaxRemaining(job)) : request.Count;
        return RequestsPerExport + (codes / CodesPerPage) + 1;
    }
}
