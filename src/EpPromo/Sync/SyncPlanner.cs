using System.Globalization;
using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Promotions;
using EpPromo.Runs;
using EpPromo.Runs.Planning;
using EpPromo.Stores;
using EpPromo.Text;

namespace EpPromo.Sync;

/// <summary>Compares how promotions should be with what a store has. Sends reads only.</summary>
internal sealed class SyncPlanner
{
    /// <summary>How many promotions have their jobs read at the same time.</summary>
    private const int MaxConcurrency = 8;

    private readonly StoreSection _section;
    private readonly StoreApi _api;
    private readonly PageConcurrency _pages;

    /// <summary>A planner for a store.</summary>
    /// <param name="section">The promotions.</param>
    /// <param name="api">The store, for the command.</param>
    /// <param name="pages">How many pages of job lists are requested at the same time.</param>
    public SyncPlanner(StoreSection section, StoreApi api, PageConcurrency pages)
    {
        _section = section;
        _api = api;
        _pages = pages;
    }

    /// <summary>What is to be changed: an item for each promotion that differs, or cannot be made as desired.</summary>
    /// <param name="desired">How the promotions should be.</param>
    /// <param name="prune">Whether promotions that are not among them are to be deleted.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">The promotions cannot be read.</exception>
    public async Task<IReadOnlyList<SyncItem>> PlanAsync(
        IReadOnlyList<DesiredPromotion> desired, bool prune, CancellationToken cancellationToken)
    {
        IReadOnlyList<Promotion> all = await _section.Directory.ListAsync(TimeSpan.Zero, _api.Promotions, cancellationToken);
        ILookup<string, Promotion> byName = all.ToLookup(promotion => Key(promotion.Name), StringComparer.OrdinalIgnoreCase);
        PriorityPlan priorities = new(all, desired, promotion => byName[Key(promotion.Name)].FirstOrDefault());
        ConcurrencyLimit limit = new(MaxConcurrency);
        SyncItem[] items = await Task.WhenAll(priorities.Ordered.Select(promotion => limit.RunAsync(
            () => PlanAsync(promotion, [.. byName[Key(promotion.Name)]], priorities, cancellationToken), cancellationToken)));
        HashSet<string> kept = new(desired.Select(promotion => Key(promotion.Name)), StringComparer.OrdinalIgnoreCase);
        IEnumerable<SyncItem> deletes = prune ? all.Where(promotion => !kept.Contains(Key(promotion.Name))).Select(ToDelete) : [];
        return [.. items.Where(item => item.Differences.Count > 0 || item.Error is not null), .. deletes];
    }

    private async Task<SyncItem> PlanAsync(
        DesiredPromotion desired, IReadOnlyList<Promotion> named, PriorityPlan priorities, CancellationToken cancellationToken)
    {
        Promotion? current = named.Count > 0 ? named[0] : null;
        try
        {
            if (named.Count > 1)
            {
                throw PromotionDirectory.Ambiguous(desired.Name, named);
            }

            priorities.ThrowIfTaken(desired);
            if (current is null)
            {
                return ToCreate(desired);
            }

            if (desired.Runs.Count > 0 && (desired.Fields.Automatic ?? current.Automatic))
            {
                throw new EpPromoException(ErrorKind.Refused, nameof(SR.AutomaticPromotion), SR.DetailNoCodesCreated, current.PromotionId);
            }

            return await ToChangeAsync(desired, current, cancellationToken);
        }
        catch (EpPromoException e)
        {
            return new SyncItem { Name = desired.Name, Current = current, Error = e };
        }
    }

    private SyncItem ToCreate(DesiredPromotion desired) => new()
    {
        Name = desired.Name,
        Fields = desired.Fields,
        Runs = desired.Runs,
        Differences =
        [
            .. PromotionField.All.Where(field => field.Wanted(desired.Fields) is not null).Select(field =>
                Difference(SyncChanges.Create, desired.Name, null, field.Name, null, PromotionField.ToText(field.Wanted(desired.Fields)))),
            .. desired.Runs.Select(run => Difference(SyncChanges.Run, desired.Name, null, run.Name, "0", ToText(run.Count))),
        ],
    };

    private async Task<SyncItem> ToChangeAsync(DesiredPromotion desired, Promotion current, CancellationToken cancellationToken)
    {
        // The name is the key: that the store writes it in another case is no difference. What the store has filled in is none either, so that
        // the next run has nothing to change.
        IReadOnlyList<PromotionField> fields =
            [.. desired.Fields.UnmetBy(current).Where(field => field.Name != nameof(Promotion.Name))];
        PromotionFields changes = desired.Fields.Only(fields);
        changes.Validate(current);
        List<CodeRunRequest> runs = [];
        List<PromotionDifference> differences =
        [
            .. fields.Select(field => Difference(
                SyncChanges.Set, current.Name, current, field.Name,
                PromotionField.ToText(field.Actual(current)), PromotionField.ToText(field.Wanted(desired.Fields)))),
        ];
        if (desired.Runs.Count > 0)
        {
            List<PromotionJob> jobs = await JobFinder.ListAsync(_api.Jobs, current.PromotionId, JobTypes.Generate, null, _pages, cancellationToken);
            foreach (CodeRunRequest run in desired.Runs.Select(run => run.For(PromotionIdentity.Of(current), _section)))
            {
                RunJournal journal = RunPlanBuilder.JournalOf(run, jobs);
                if (!journal.IsComplete)
                {
                    runs.Add(run);
                    differences.Add(Difference(
                        SyncChanges.Run, current.Name, current, run.Name, ToText(Math.Min(journal.Generated, run.Count)), ToText(run.Count)));
                }
            }
        }

        return new SyncItem
        {
            Name = current.Name, Current = current, Fields = fields.Count > 0 ? changes : null, Runs = runs, Differences = differences,
        };
    }

    private SyncItem ToDelete(Promotion promotion) => new()
    {
        Name = promotion.Name,
        Current = promotion,
        IsDelete = true,
        Differences = [Difference(SyncChanges.Delete, promotion.Name, promotion, nameof(Promotion.Name), promotion.Name, null)],
    };

    private PromotionDifference Difference(
        string change, string name, Promotion? promotion, string property, string? current, string? desired) => new()
        {
            Change = change,
            PromotionName = name,
            PromotionId = promotion?.PromotionId,
            Property = property,
            Current = current,
            Desired = desired,
            Origin = _section,
        };

    private static string ToText(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Key(string name) => NormalizedText.Of(name.Trim());
}
