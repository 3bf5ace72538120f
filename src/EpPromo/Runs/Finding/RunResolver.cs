using EpPromo.Api;
using EpPromo.Promotions;
using EpPromo.Stores;
using EpPromo.Text;

namespace EpPromo.Runs.Finding;

/// <summary>Finds the promotions of a run of which perhaps only the name is known.</summary>
internal sealed class RunResolver
{
    private readonly StoreApi _api;
    private readonly PromotionDirectory _directory;
    private readonly PageConcurrency _pages;

    /// <summary>A resolver for runs of one store.</summary>
    /// <param name="api">The store.</param>
    /// <param name="directory">Its promotions.</param>
    /// <param name="pages">How many pages of job lists are requested at the same time.</param>
    public RunResolver(StoreApi api, PromotionDirectory directory, PageConcurrency pages)
    {
        _api = api;
        _directory = directory;
        _pages = pages;
    }

    /// <summary>
    /// The run on each of its promotions, with their ids and names. If the promotion is not known, the job lists of the whole store are read.
    /// </summary>
    /// <param name="run">A run with the id or the name of its promotion, or neither.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">There is no such promotion or run, or it is not in the lists that can be read.</exception>
    public async Task<RunSearch> ResolveAsync(CodeRun run, CancellationToken cancellationToken)
    {
        if (run.PromotionId.Length == 0 && run.PromotionName.Length == 0)
        {
            return await FindByNameAsync(run.Name, cancellationToken);
        }

        PromotionIdentity promotion = run.PromotionId.Length > 0
            ? await _directory.FindByIdAsync(run.PromotionId, _api.Promotions, cancellationToken)
            : await _directory.FindAsync(run.PromotionName, _api.Promotions, cancellationToken);
        return new RunSearch([new CodeRun(run) { PromotionId = promotion.PromotionId, PromotionName = promotion.PromotionName }], []);
    }

    /// <summary>The error for a name that no run has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="existing">The names of the runs that exist.</param>
    public static EpPromoException NotFound(string name, IEnumerable<string> existing) => new(
        ErrorKind.NotFound, nameof(SR.RunNotFound), name, NearestNames.Question(name, existing));

    private async Task<RunSearch> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        HashSet<string> existing = new(StringComparer.OrdinalIgnoreCase);
        RunSearch found = await new StoreRunFinder(_api).FindAsync(
            run =>
            {
                lock (existing)
                {
                    existing.Add(run);
                }

                return string.Equals(run, NormalizedText.Of(name), StringComparison.OrdinalIgnoreCase);
            },
            _pages,
            cancellationToken);
        return found.Parts.Count > 0 ? found
            : throw (found.Unread.Count > 0 ? found.Unread[0].Error : NotFound(name, existing));
    }
}
