using EpPromo.Api;
using EpPromo.Codes.Exports;
using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>The codes that a run has on a promotion.</summary>
internal sealed class RunCodes : OwnCodes
{
    private readonly string _name;
    private readonly int _count;
    private readonly IReadOnlyList<PromotionJob> _jobs;

    /// <summary>The codes of a run that has completed.</summary>
    /// <param name="request">The run.</param>
    /// <param name="journal">Its jobs.</param>
    /// <param name="count">How many codes it has.</param>
    public RunCodes(CodeRunRequest request, RunJournal journal, int count)
        : base(request.PromotionId, request.CodePrefix, request.CodeLength, journal.CountedJobs)
    {
        _name = request.Name;
        _count = count;
        _jobs = [.. journal.Batches.Select(batch => batch.Job)];
    }

    /// <inheritdoc/>
    public override string? Run => _name;

    /// <inheritdoc/>
    public override int? Count => _count;

    /// <inheritdoc/>
    public override bool IsCountReported => true;

    /// <summary>Jobs that have failed may have left codes, too.</summary>
    public override IReadOnlyList<PromotionJob> OtherJobs => _jobs;

    /// <inheritdoc/>
    protected override string Subject => MessageText.Of(SR.DetailRun, _name);

    /// <summary>Finds the codes of a run that has ended, in the job list of its promotion.</summary>
    /// <param name="api">Reads the job list.</param>
    /// <param name="run">The run on a promotion, as it was returned or read; at least its name and the id of the promotion are known.</param>
    /// <param name="pages">How many pages of the list are requested at the same time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">The promotion has no jobs of the run, or codes of it are missing; or the list cannot be read.</exception>
    public static async Task<RunCodes> FindAsync(IJobApi api, CodeRun run, PageConcurrency pages, CancellationToken cancellationToken) =>
        Find(run, await JobFinder.ListAsync(
            api, run.PromotionId, JobTypes.Generate, job => BatchName.Parse(run.Name, job.Name) is not null, pages, cancellationToken));

    /// <summary>Finds the codes of a run that has ended, in jobs that were read before.</summary>
    /// <param name="run">As for <see cref="FindAsync"/>.</param>
    /// <param name="jobs">All jobs of the run on the promotion; those of others are ignored.</param>
    /// <exception cref="EpPromoException">None of the jobs is of the run, or codes of it are missing.</exception>
    public static RunCodes Find(CodeRun run, IEnumerable<PromotionJob> jobs)
    {
        CodeRunRequest request = new() { PromotionId = run.PromotionId, Name = run.Name, Count = run.Requested ?? int.MaxValue };
        RunJournal journal = new(request);
        journal.Observe(jobs);
        if (journal.JobCount == 0)
        {
            throw new EpPromoException(ErrorKind.NotFound, nameof(SR.RunHasNoJobs), run.Name, run.PromotionId);
        }

        InferredRequest inferred = new(journal.Batches);
        int? requested = run.Requested ?? inferred.ExactCount;
        bool isIncomplete = journal.ActiveJob is not null
            || (requested is { } count ? journal.Generated < count : inferred.MayMiss(journal.Generated));
        if (isIncomplete)
        {
            throw RunIncomplete(run.Name, run.PromotionId, journal.Generated, requested, run.MaxRequested ?? inferred.MaxCount);
        }

        // What is beyond the requested number is surplus, which the run has deleted, unless its output says that it was kept.
        int generated = JobStatuses.IsCompleted(run.Status) && run.Generated is { } reported
            ? reported
            : Math.Min(journal.Generated, requested ?? inferred.MaxCount ?? int.MaxValue);
        return new RunCodes(
            request with
            {
                CodePrefix = run.CodePrefix ?? inferred.Parameters.CodePrefix,
                CodeLength = run.CodeLength ?? inferred.Parameters.CodeLength,
            },
            journal,
            generated);
    }

    /// <summary>The error that codes of a run are missing.</summary>
    /// <param name="run">The name of the run.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="generated">How many codes it has.</param>
    /// <param name="requested">How many were requested, or null if that is not known.</param>
    /// <param name="maxRequested">How many can have been requested at most, or null if that is not known either.</param>
    public static EpPromoException RunIncomplete(string run, string promotionId, int generated, int? requested, int? maxRequested) => new(
        ErrorKind.InvalidArgument,
        nameof(SR.RunIncomplete),
        run,
        promotionId,
        generated,
        requested is not null ? MessageText.Of(SR.DetailOfRequested, requested)
            : maxRequested is not null ? MessageText.Of(SR.DetailAtMostRequested, maxRequested)
            : "");

    /// <summary>Codes of the run may have been deleted a moment ago.</summary>
    public override TimeSpan LagAt(DateTimeOffset now, TimeSpan window) => window;

    /// <inheritdoc/>
    public override EpPromoException Incomplete(int found) =>
        new(ErrorKind.InvalidResponse, nameof(SR.ExportIncomplete), _name, PromotionId, found, _count);

    /// <inheritdoc/>
    public override string? FindWarning(int found) =>
        found == _count ? null : MessageText.Of(SR.WarningRunCodeCountMismatch, _name, PromotionId, _count, found);
}
