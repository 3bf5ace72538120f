using System.Text;
using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Codes.Exports;
using EpPromo.Concurrency;
using EpPromo.Http.Csv;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Time;

namespace EpPromo.UnitTests.Codes;

/// <summary>
/// The file of a job's codes while the store does not show all of them: the job has generated one code, and the store shows one code that the
/// job could have generated, but it is of a job that was cancelled.
/// </summary>
public class OwnCodeExportTests
{
    private const string Own = "summer-own2-own2";
    private const string Strange = "summer-odd1-odd1";

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PromotionJob s_job = Job("own", JobStatuses.Completed, s_start.AddSeconds(0.2), s_start.AddSeconds(10.5));

    private readonly FakeClock _clock = new(s_start.AddSeconds(11));
    private readonly Store _store;

    public OwnCodeExportTests() => _store = new Store(_clock);

    /// <summary>Codes of a job that is being cancelled, while the next one is at work already. The list of jobs shows it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_of_a_job_that_was_being_cancelled_meanwhile_does_not_stand_in_for_an_own_one(bool hasTimes)
    {
        _store.HasTimes = hasTimes;
        _store.StrangeAt = s_start.AddSeconds(3.5);
        _store.Other = Job("other", JobStatuses.Cancelled, s_start.AddSeconds(-10), s_start.AddSeconds(5));

        Assert.Equal([Own], await ExportAsync());
    }

    /// <summary>
    /// Times are in whole seconds, so the code can be of the job that ended in the second in which the own one began. The list of jobs shows
    /// that job only when it is read again, after the codes.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_of_the_job_just_before_does_not_stand_in_for_an_own_one(bool hasTimes)
    {
        _store.HasTimes = hasTimes;
        _store.StrangeAt = s_start;
        _store.Other = Job("other", JobStatuses.Cancelled, s_start.AddSeconds(-10), s_start.AddSeconds(0.1));
        _store.ListsWithoutOther = 1;

        Assert.Equal([Own], await ExportAsync());
    }

    private static PromotionJob Job(string id, string status, DateTimeOffset createdAt, DateTimeOffset updatedAt) => new()
    {
        JobId = id,
        PromotionId = "p",
        JobType = JobTypes.Generate,
        Status = status,
        NumberOfCodes = 1,
        Generated = 1,
        CodePrefix = "summer",
        CreatedAt = createdAt,
        UpdatedAt = updatedAt,
    };

    private async Task<string[]> ExportAsync()
    {
        SystemRandom random = new();
        JobWaiter waiter = new(_store, _clock, s_window, () => 25);
        JobCreator creator = new(_store, _clock, random, new CreateCoordination(), s_window);
        WaitingJobCreator waitingCreator = new(
            creator, new ActiveJobWaiter(_store, _clock, waiter), new ConcurrencyLimit(1), _clock, random);
        OwnCodeExport export = new(
            _store, _store, new ExportCsv(), new PromotionExport(_store, waitingCreator, waiter), _clock, s_window);
        using MemoryStream file = new();
        await export.WriteAsync(
            new JobCodes(s_job, null), file, new MemoryStream(), _ => throw new NotSupportedException(), CancellationToken.None);
        return [.. Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[0])];
    }

    /// <summary>
    /// A store that shows the code of the other job until the consistency window is over, and the own one after that: what a cancelled job has
    /// left is deleted in the end.
    /// </summary>
    private sealed class Store(FakeClock clock) : StubApi
    {
        /// <summary>The job that was cancelled.</summary>
        public PromotionJob? Other { get; set; }

        /// <summary>How many of the lists of generate jobs do not show it yet.</summary>
        public int ListsWithoutOther { get; set; }

        /// <summary>When its code was created.</summary>
        public DateTimeOffset StrangeAt { get; set; }

        /// <summary>Whether the export has a column for the times of the codes.</summary>
        public bool HasTimes { get; set; }

        public override DateTimeOffset ServerTime => clock.UtcNow;

        private (string Text, DateTimeOffset CreatedAt) Shown =>
            clock.UtcNow < s_job.UpdatedAt!.Value + s_window ? (Strange, StrangeAt) : (Own, s_start.AddSeconds(7.5));

        public override Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            PromotionJob[] jobs = ListsWithoutOther-- > 0 ? [s_job] : [s_job, Other!];
            return Task.FromResult(new Page<PromotionJob>([.. jobs.Skip(offset)], offset, 100, jobs.Length));
        }

        public override Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
            Task.FromResult(new PromotionJob { JobId = "export", PromotionId = promotionId, JobType = job.JobType, Status = JobStatuses.Completed });

        public override async Task DownloadJobFileAsync(
            string promotionId, string jobId, Stream destination, CancellationToken cancellationToken) =>
            await destination.WriteAsync(
                Encoding.UTF8.GetBytes(HasTimes ? $"code,created_at\n{Shown.Text},{Shown.CreatedAt:O}\n" : $"code\n{Shown.Text}\n"), cancellationToken);

        public override Task<Page<PromotionCode>> ListCodesAsync(
            string promotionId, string? after, int offset, CancellationToken cancellationToken)
        {
            PromotionCode[] codes =
                [new(new ListedCode { PromotionId = promotionId, Code = Shown.Text, CreatedAt = Shown.CreatedAt })];
            return Task.FromResult(new Page<PromotionCode>([.. codes.Skip(offset)], offset, 100, codes.Length));
        }
    }
}
