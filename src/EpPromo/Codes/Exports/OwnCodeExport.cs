using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.Codes.Exports;

/// <summary>
/// Exports the codes of certain jobs: the rows of the promotion's export that have their codes, byte for byte (docs/guarantees.md, "Only the
/// codes that were asked for"). Which rows these are follows from the file alone if it has the times of the codes and nothing is unclear;
/// else from the list of codes, which takes a request for 100 codes.
/// </summary>
internal sealed class OwnCodeExport
{
    private readonly IJobApi _jobs;
    private readonly ICodeApi _codes;
    private readonly IExportFiles _files;
    private readonly PromotionExport _export;
    private readonly IClock _clock;
    private readonly TimeSpan _window;

    /// <summary>An export.</summary>
    /// <param name="jobs">The jobs of the store.</param>
    /// <param name="codes">The codes of the store.</param>
    /// <param name="files">Reads the export files.</param>
    /// <param name="export">Exports whole promotions.</param>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long lists and exports may lag behind (docs/guarantees.md, "Assumptions").</param>
    public OwnCodeExport(
        IJobApi jobs, ICodeApi codes, IExportFiles files, PromotionExport export, IClock clock, TimeSpan consistencyWindow)
    {
        _jobs = jobs;
        _codes = codes;
        _files = files;
        _export = export;
        _clock = clock;
        _window = consistencyWindow;
    }

    /// <summary>Writes the rows.</summary>
    /// <param name="own">The codes whose rows to write.</param>
    /// <param name="destination">An empty stream that can seek.</param>
    /// <param name="spool">An empty stream that can seek, for the export of the whole promotion.</param>
    /// <param name="onWarning">Callback: is told if the store does not report the number of codes, so that it cannot be verified.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many codes were written.</returns>
    /// <exception cref="EpPromoException">
    /// The export job failed, or the file would not have all of the codes, or it could have codes of others.
    /// </exception>
    public async Task<int> WriteAsync(
        OwnCodes own, Stream destination, Stream spool, Func<string, Task> onWarning, CancellationToken cancellationToken)
    {
        TimeSpan lag = own.LagAt(_jobs.ServerTime, _window);
        if (lag > TimeSpan.Zero)
        {
            if (await TryWriteAsync(own, destination, spool, isFinal: false, cancellationToken) is { } written)
            {
                return written;
            }

            // Lists and exports can lag behind the jobs, and behind deletions.
            await _clock.DelayAsync(lag, cancellationToken);
        }

        int count = (await TryWriteAsync(own, destination, spool, isFinal: true, cancellationToken))!.Value;
        if (own.FindWarning(count) is { } warning)
        {
            await onWarning(warning);
        }

        return count;
    }

    /// <summary>Exports the promotion and copies the rows of the codes.</summary>
    /// <param name="own">The codes.</param>
    /// <param name="destination">Receives the rows; empty if there are none.</param>
    /// <param name="spool">Receives the export.</param>
    /// <param name="isFinal">Whether the list and the export must show all that there is, so that numbers decide.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many codes were copied; null if something is missing or unclear and this is not final.</returns>
    private async Task<int?> TryWriteAsync(
        OwnCodes own, Stream destination, Stream spool, bool isFinal, CancellationToken cancellationToken)
    {
        Dictionary<string, PromotionJob> otherJobs = own.OtherJobs.ToDictionary(job => job.JobId);
        PromotionJob export = await _export.CreateAsync(
            own.PromotionId,
            jobs =>
            {
                foreach (PromotionJob job in jobs)
                {
                    otherJobs[job.JobId] = job;
                }
            },
            cancellationToken);
        if (!isFinal)
        {
            // The number may be right although an own code is not shown yet: a code of any other job can be in its place. The pages that the
            // wait for the export has read need not have all jobs.
            foreach (PromotionJob job in await ListJobsAsync(own.PromotionId, cancellationToken))
            {
                otherJobs[job.JobId] = job;
            }
        }

        await _export.DownloadAsync(export, spool, cancellationToken);
        FoundCodes? found = FindInFile(own, otherJobs.Values, spool, export, cancellationToken);
        if (!own.IsCountReported || found is not { AreClear: true } || !await AreOfNoOtherJobAsync(own, found, cancellationToken))
        {
            found = await FindInListAsync(own, otherJobs.Values, cancellationToken);
            if (!isFinal && !(found.AreClear && await AreOfNoOtherJobAsync(own, found, cancellationToken)))
            {
                return null;
            }

            own.ThrowIfWrong(found.Texts.Count);
        }

        int missing = Copy(spool, export, destination, found.Texts, cancellationToken);
        if (missing == 0)
        {
            return found.Texts.Count;
        }

        destination.SetLength(0);
        return isFinal ? throw own.Incomplete(found.Texts.Count - missing) : null;
    }

    /// <summary>Finds the codes in the file; null if it does not show when they were created.</summary>
    private FoundCodes? FindInFile(
        OwnCodes own, IEnumerable<PromotionJob> otherJobs, Stream spool, PromotionJob export, CancellationToken cancellationToken)
    {
        FoundCodes found = new(own, otherJobs);
        spool.Position = 0;
        foreach (ExportRow row in _files.ReadRows(spool, export))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PromotionCode code = new(row);
            if (found.HasPrefix(code))
            {
                if (code.CreatedAt is null)
                {
                    return null;
                }

                if (found.CouldBeOwn(code))
                {
                    found.Add(code);
                }
            }
        }

        found.RemoveTyped();
        return found;
    }

    private async Task<FoundCodes> FindInListAsync(OwnCodes own, IEnumerable<PromotionJob> otherJobs, CancellationToken cancellationToken)
    {
        FoundCodes found = new(own, otherJobs);
        await new JobCodeFinder(_codes).FindAsync(
            own.PromotionId,
            own.CodePrefix,
            own.Jobs,
            (_, code) =>
            {
                found.Add(code);
                return Task.CompletedTask;
            },
            cancellationToken);
        found.RemoveTyped();
        return found;
    }

    /// <summary>
    /// Whether no other job can have generated codes from the seconds in which the jobs of the codes started or ended. Reads the list of jobs
    /// only if there are codes from these seconds.
    /// </summary>
    private async Task<bool> AreOfNoOtherJobAsync(OwnCodes own, FoundCodes found, CancellationToken cancellationToken) =>
        !found.AreAtBoundary || !found.MayBelongTo(await ListJobsAsync(own.PromotionId, cancellationToken));

    /// <summary>Lists the generate jobs of a promotion, page after page: if one were missing, its codes could be taken for own ones.</summary>
    private Task<List<PromotionJob>> ListJobsAsync(string promotionId, CancellationToken cancellationToken) =>
        JobFinder.ListAsync(_jobs, promotionId, JobTypes.Generate, null, PageConcurrency.One, cancellationToken);

    /// <summary>Copies the row of each code. Returns how many of the codes have no row.</summary>
    private int Copy(Stream spool, PromotionJob export, Stream destination, HashSet<string> codes, CancellationToken cancellationToken)
    {
        HashSet<string> missing = new(codes, codes.Comparer);
        spool.Position = 0;
        destination.SetLength(0);

        // A code has one row, even if an export that was made while codes were created has two.
        _files.CopyRows(spool, export.JobId, destination, missing.Remove, cancellationToken);
        return missing.Count;
    }
}
