using EpPromo.Stores;

namespace EpPromo.PowerShell.Sessions;

/// <summary>The contexts of the stores and kinds that a command has used so far.</summary>
internal sealed class StoreContexts
{
    private readonly List<StoreContext> _contexts = [];

    /// <summary>The contexts, in the order of their first use. Their number can change while the command has input.</summary>
    public IReadOnlyList<StoreContext> All => _contexts;

    /// <summary>How long the jobs will take that the command waits for, or null while there is no estimate.</summary>
    public TimeSpan? RemainingJobTime => _contexts.Max(context => context.Waiter.Progress.Remaining);

    /// <summary>How many of the jobs that the command waits for have not ended.</summary>
    public int UnfinishedJobs => _contexts.ToArray().Sum(context => context.Waiter.Progress.Total - context.Waiter.Progress.Finished);

    /// <summary>The context of <paramref name="section"/>, which is opened at its first use. On the pipeline thread.</summary>
    /// <param name="section">The promotions of one kind in a store.</param>
    /// <param name="open">Callback: opens the context.</param>
    /// <exception cref="EpPromoException">The store was disconnected.</exception>
    public StoreContext Of(StoreSection section, Func<StoreSection, StoreContext> open)
    {
        if (section.Store.IsClosed)
        {
            throw new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), section.Name);
        }

        if (_contexts.Find(one => one.Section == section) is { } known)
        {
            return known;
        }

        StoreContext context = open(section);
        _contexts.Add(context);
        return context;
    }

    /// <summary>The name of a promotion of one of the stores, of either kind; empty if it is not known.</summary>
    public string NameOf(string promotionId) => _contexts
        .SelectMany(context => new[] { context.Section, context.Section.Other })
        .Select(section => section.Directory.Identify(promotionId).PromotionName)
        .FirstOrDefault(name => name.Length > 0) ?? "";
}
