using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.Codes.Exports;

/// <summary>Lists the codes that certain jobs have generated. A code does not name its job; <see cref="JobCodeFinder"/> finds it.</summary>
internal sealed class OwnCodeLister
{
    private readonly IJobApi _jobs;
    private readonly ICodeApi _codes;
    private readonly IClock _clock;
    private readonly TimeSpan _window;

    /// <summary>A lister.</summary>
    /// <param name="jobs">The jobs of the store.</param>
    /// <param name="codes">The codes of the store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long lists may lag behind (docs/guarantees.md, "Assumptions").</param>
    public OwnCodeLister(IJobApi jobs, ICodeApi codes, IClock clock, TimeSpan consistencyWindow)
    {
        _jobs = jobs;
        _codes = codes;
        _clock = clock;
        _window = consistencyWindow;
    }

    /// <summary>Lists the codes, each once. If some are missing, it waits for them, at most for the consistency window.</summary>
    /// <param name="own">The codes to find.</param>
    /// <param name="process">Callback: receives each code as soon as it is found, with its job and run as far as they are known.</param>
    /// <param name="onWarning">Callback: is told if another number of codes was found than the jobs report.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task ListAsync(
        OwnCodes own, Func<PromotionCode, Task> process, Func<string, Task> onWarning, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(CodeComparer.Instance);

        // Codes without the form of generated ones, which somebody may have typed during a job.
        List<PromotionCode> typed = [];
        await ListNewAsync();
        TimeSpan lag = own.LagAt(_jobs.ServerTime, _window);

        // If the store reports no number at all, none shows that the list is complete: only time does.
        if ((own.Count is null || found.Count - typed.Count < own.Count) && lag > TimeSpan.Zero)
        {
            await _clock.DelayAsync(lag, cancellationToken);
            await ListNewAsync();
        }

        // If the others are as many as there should be, they are of others.
        int count = found.Count;
        if (!own.IsCountReported || count - typed.Count != own.Count)
        {
            foreach (PromotionCode code in typed)
            {
                await process(code);
            }
        }
        else
        {
            count -= typed.Count;
        }

        if (own.FindWarning(count) is { } warning)
        {
            await onWarning(warning);
        }

        Task ListNewAsync() => new JobCodeFinder(_codes).FindAsync(
            own.PromotionId,
            own.CodePrefix,
            own.Jobs,
            async (_, code) =>
            {
                if (!found.Add(code.Text))
                {
                    return;
                }

                PromotionCode complete = WithSource(own, code);
                if (own.HasForm(code))
                {
                    await process(complete);
                }
                else
                {
                    typed.Add(complete);
                }
            },
            cancellationToken);
    }

    /// <summary>The code with its run, and with its job if only one of the jobs could have generated it.</summary>
    private static PromotionCode WithSource(OwnCodes own, PromotionCode code)
    {
        PromotionJob[] jobs = [.. own.Jobs.Where(job => JobCodeFinder.CouldHaveGenerated(job, code)).Take(2)];
        return new PromotionCode(new ListedCode(code) { JobId = jobs.Length == 1 ? jobs[0].JobId : null, Run = own.Run });
    }
}
