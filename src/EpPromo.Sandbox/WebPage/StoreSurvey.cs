using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.WebPage.Rows;

namespace EpPromo.Sandbox.WebPage;

/// <summary>What the page shows of a store, from one walk over it.</summary>
internal sealed record StoreSurvey(
    DateTimeOffset Now, StoreTotals Totals, PromotionRows Promotions, QueueRows Queue, Timeline Timeline, JobRows Jobs, RunRows Runs)
{
    /// <summary>Surveys a store. Call it while you hold the lock of the store.</summary>
    public static StoreSurvey Of(StoreState state, PageView view, DateTimeOffset now)
    {
        var totals = new StoreTotals();
        var promotions = new PromotionRowCollector(view.Rows);
        var queue = new QueueCollector();
        var timeline = new TimelineCollector(now);
        var jobs = new JobRowCollector();
        var runs = new RunCollector();
        foreach (PromotionState promotion in state.Promotions)
        {
            // A running job has made some of its codes by now.
            promotion.UnfinishedJobs.ForEach(job => state.Scheduler.GenerateDueCodes(job, now));
            bool showsJobs = view.ShowsJobsOf(promotion.Resource);
            totals.Add(promotion);
            foreach (JobState job in promotion.Jobs)
            {
                string status = job.StatusAt(now).Status;
                totals.Add(status);
                if (showsJobs)
                {
                    timeline.Add(job, status);
                    jobs.Add(job);
                    runs.Add(job, status);
                }
            }

            promotion.UnfinishedJobs.ForEach(queue.Add);
            if (view.Finds(promotion.Resource))
            {
                promotions.Add(promotion);
            }
        }

        return new StoreSurvey(now, totals, promotions.ToRows(now), queue.ToRows(now), timeline.ToTimeline(), jobs.ToRows(now), runs.ToRows());
    }
}
