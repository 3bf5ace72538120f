using System.Collections.Concurrent;
using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>
/// The promotions of one kind of a store by id and by name. They are read at once, with one list, because a store has at most 1000 (api-contract.md
/// section 3), and kept for some minutes. Thread-safe.
/// </summary>
internal sealed class PromotionDirectory
{
    private const string ListKey = "list";

    private const int MaxShownIds = 5;

    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(5);

    /// <summary>A name that is missing may belong to a promotion that was created after the list was read; a list this old is read again.</summary>
    private static readonly TimeSpan s_maxAgeIfMissing = TimeSpan.FromSeconds(5);

    /// <summary>How long names may delay a command that does not need them: it has ids.</summary>
    private static readonly TimeSpan s_optionalLimit = TimeSpan.FromSeconds(10);

    private readonly IClock _clock;
    private readonly PromotionKind _kind;
    private readonly KeyedLock _lock = new();
    private readonly ConcurrentDictionary<string, Promotion> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly WrittenPromotions _written;
    private PromotionSnapshot? _snapshot;
    private ReadFailure? _failure;

    /// <summary>Whether a promotion was returned meanwhile that is new, or has another name than in the list: its old name may be that of another.</summary>
    private volatile bool _isOutdated;

    /// <summary>An empty directory.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="kind">The kind of its promotions.</param>
    /// <param name="consistencyWindow">How long a list may lag behind what this process has written.</param>
    public PromotionDirectory(IClock clock, PromotionKind kind, TimeSpan consistencyWindow)
    {
        _clock = clock;
        _kind = kind;
        _written = new WrittenPromotions(clock, consistencyWindow);
    }

    /// <summary>What is known of a promotion; nothing is read.</summary>
    public PromotionIdentity Identify(string promotionId) =>
        _known.TryGetValue(promotionId, out Promotion? promotion) ? PromotionIdentity.Of(promotion) : new(promotionId, "", null);

    /// <summary>
    /// How a prompt names a promotion: by its name, in quotes; by its id if the name is not known; by both if another promotion has the same
    /// name, as far as is known. One of Promotions Standard has its kind, because a rule promotion can have the same name. Nothing is read.
    /// </summary>
    public string Describe(PromotionIdentity promotion) =>
        promotion.PromotionName.Length == 0 ? promotion.ToString()
        : IsNameShared(promotion) ? MessageText.Of(SR.DetailNamedId, promotion, promotion.PromotionId)
        : _kind == PromotionKind.Rule ? $"'{promotion}'"
        : MessageText.Of(SR.DetailNamedId, promotion, _kind);

    /// <summary>
    /// What a file is named after: the promotion's name, and whether no other promotion has the same <see cref="Promotion.FileName"/>, case
    /// ignored. The list is waited for as long as a request may take: if chance decided about the name, the same codes could get another file
    /// the next time. Without the permission to list the promotions, what the caller has passed is all that is known, always.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="api">Reads the list if it is needed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">The list cannot be read.</exception>
    public async Task<(PromotionIdentity Promotion, bool IsUnique)> FindForFileAsync(
        string promotionId, IPromotionApi api, CancellationToken cancellationToken)
    {
        PromotionSnapshot? snapshot = await ReadForFileAsync(promotionId, api, cancellationToken);
        PromotionIdentity promotion = Identify(promotionId);
        return (promotion, promotion.Details is { } details && snapshot is not null && !snapshot.IsFileNameShared(details));
    }

    /// <summary>Keeps a promotion that the store has returned: what a command has just written is found, although the list is older.</summary>
    public void Keep(Promotion promotion)
    {
        _known[promotion.PromotionId] = promotion;
        while (Snapshot is { } snapshot && !snapshot.Shows(promotion))
        {
            _isOutdated |= snapshot.FindById(promotion.PromotionId)?.Name != promotion.Name;
            Interlocked.CompareExchange(ref _snapshot, snapshot.With(promotion), snapshot);
        }
    }

    /// <summary>Keeps a promotion that this process has created or changed, also while lists do not show it yet.</summary>
    public void KeepWritten(Promotion promotion)
    {
        _written.Add(promotion.PromotionId, promotion);
        Keep(promotion);
    }

    /// <summary>Forgets a promotion that this process has deleted, also while lists still show it.</summary>
    public void Forget(string promotionId)
    {
        _written.Add(promotionId, null);
        _known.TryRemove(promotionId, out _);
        while (Snapshot is { } snapshot && snapshot.FindById(promotionId) is not null)
        {
            Interlocked.CompareExchange(ref _snapshot, snapshot.Without(promotionId), snapshot);
        }
    }

    /// <summary>All promotions, from a list that is at most <paramref name="maxAge"/> old.</summary>
    /// <exception cref="EpPromoException">They cannot be read.</exception>
    public async Task<IReadOnlyList<Promotion>> ListAsync(TimeSpan maxAge, IPromotionApi api, CancellationToken cancellationToken) =>
        (await ReadAsync(maxAge, api, cancellationToken)).All;

    /// <summary>Keeps a promotion that a script has passed, which may be an old one.</summary>
    public void KeepUnlessKnown(Promotion promotion) => _known.TryAdd(promotion.PromotionId, promotion);

    /// <summary>
    /// Finds a promotion by its id. The name is optional: if the list cannot be read, for example because the key has no right to it, the
    /// name stays unknown.
    /// </summary>
    /// <param name="promotionId">Its id. Whether it exists is not checked: a list can lag behind.</param>
    /// <param name="api">Reads the list if it is needed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">It is not a valid id.</exception>
    public async Task<PromotionIdentity> FindByIdAsync(string promotionId, IPromotionApi api, CancellationToken cancellationToken)
    {
        if (!_known.ContainsKey(promotionId) && promotionId.Length > 0)
        {
            PromotionSnapshot? snapshot = await TryReadAsync(api, cancellationToken);
            if (snapshot?.FindById(promotionId) is null && snapshot?.FindByName(promotionId).Count > 0)
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.PromotionIdIsName), promotionId);
            }
        }

        Identifier.Check(promotionId);
        return Identify(promotionId);
    }

    /// <summary>Finds the promotion that a person means with a text: its exact name, in any case, or its id.</summary>
    /// <param name="text">The name or the id.</param>
    /// <param name="api">Reads the list if it is needed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">
    /// No promotion has the name, or several have it, or it is the id of another one; or the list cannot be read.
    /// </exception>
    public async Task<PromotionIdentity> FindAsync(string text, IPromotionApi api, CancellationToken cancellationToken)
    {
        string id = Identifier.Canonical(text);
        bool isUuid = Guid.TryParseExact(text, "D", out _);
        PromotionSnapshot? snapshot = isUuid ? await TryReadAsync(api, cancellationToken)
            : await ReadAsync(_isOutdated ? s_maxAgeIfMissing : s_maxAge, api, cancellationToken);
        if (!isUuid && Matches(snapshot!, text).Count == 0)
        {
            snapshot = await ReadAsync(s_maxAgeIfMissing, api, cancellationToken);
        }

        IReadOnlyList<Promotion> matches = snapshot is null ? [] : Matches(snapshot, id);
        return matches.Count switch
        {
            1 => PromotionIdentity.Of(matches[0]),
            > 1 => throw Ambiguous(text, matches),
            _ when isUuid => Identify(id),
            _ => throw NotFound(text, snapshot!.Names),
        };
    }

    /// <summary>A promotion with a name, in any case; null if there is none, or the list cannot be read.</summary>
    public async Task<Promotion?> TryFindByNameAsync(string name, IPromotionApi api, CancellationToken cancellationToken) =>
        (await TryReadAsync(api, cancellationToken))?.FindByName(name) is { Count: > 0 } found ? found[0] : null;

    /// <summary>The error for a name that no promotion has, with the nearest names if the list can be read.</summary>
    public async Task<EpPromoException> NotFoundAsync(string name, IPromotionApi api, CancellationToken cancellationToken) =>
        NotFound(name, (await TryReadAsync(api, cancellationToken))?.Names ?? []);

    private PromotionSnapshot? Snapshot => Volatile.Read(ref _snapshot);

    private ReadFailure? Failure => Volatile.Read(ref _failure);

    private bool IsNameShared(PromotionIdentity promotion) => _known.Any(other =>
        string.Equals(other.Value.Name, promotion.PromotionName, StringComparison.OrdinalIgnoreCase)
        && !string.Equals(other.Key, promotion.PromotionId, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<Promotion> Matches(PromotionSnapshot snapshot, string text)
    {
        IReadOnlyList<Promotion> named = snapshot.FindByName(text);
        return snapshot.FindById(text) is { } withId && !named.Contains(withId) ? [withId, .. named] : named;
    }

    /// <summary>The error for a name that several promotions have.</summary>
    public static EpPromoException Ambiguous(string text, IReadOnlyList<Promotion> matches) => new(
        ErrorKind.InvalidArgument, nameof(SR.AmbiguousPromotion), text, matches.Count,
        string.Join(", ", matches.Take(MaxShownIds).Select(one => one.PromotionId)) + (matches.Count > MaxShownIds ? ", …" : ""),
        matches[0].PromotionId);

    private static EpPromoException NotFound(string text, IEnumerable<string> names) => new(
        ErrorKind.NotFound, nameof(SR.PromotionNameNotFound), text, NearestNames.Question(text, names));

    /// <summary>The list; null if it cannot be read soon. After a failure it is not tried again for some minutes.</summary>
    private async Task<PromotionSnapshot?> TryReadAsync(IPromotionApi api, CancellationToken cancellationToken)
    {
        if (Failure?.Time + s_maxAge > _clock.UtcNow)
        {
            return Snapshot;
        }

        if (Fresh(s_maxAge) is { } fresh)
        {
            return fresh;
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<PromotionSnapshot> reading = ReadAsync(s_maxAge, api, limit.Token);
        Task first = await Task.WhenAny(reading, _clock.DelayAsync(s_optionalLimit, limit.Token));
        limit.Cancel();
        try
        {
            return await reading;
        }
        catch (Exception e) when (e is EpPromoException || (first != reading && !cancellationToken.IsCancellationRequested))
        {
            Volatile.Write(ref _failure, new ReadFailure(_clock.UtcNow, e as EpPromoException));
            return Snapshot;
        }
    }

    /// <summary>The list, an old one if it cannot be read again; null without the permission to read it.</summary>
    private async Task<PromotionSnapshot?> ReadForFileAsync(string promotionId, IPromotionApi api, CancellationToken cancellationToken)
    {
        // One attempt for all promotions of a pipeline.
        EpPromoException? error = Failure is { } last && last.Time + s_maxAgeIfMissing > _clock.UtcNow ? last.Error : null;
        if (error is null)
        {
            try
            {
                return await ReadAsync(s_maxAge, api, cancellationToken);
            }
            catch (EpPromoException e)
            {
                Volatile.Write(ref _failure, new ReadFailure(_clock.UtcNow, e));
                error = e;
            }
        }

        return Snapshot is not null || error.Kind == ErrorKind.PermissionDenied
            ? Snapshot
            : throw new EpPromoException(error, error.Kind, nameof(SR.FileNameUnknown), promotionId, error.Message);
    }

    /// <summary>The list, if it is younger than <paramref name="maxAge"/>; else it is read again, once for all callers.</summary>
    private async Task<PromotionSnapshot> ReadAsync(TimeSpan maxAge, IPromotionApi api, CancellationToken cancellationToken)
    {
        if (Fresh(maxAge) is { } before)
        {
            return before;
        }

        using IDisposable reading = await _lock.LockAsync(ListKey, cancellationToken);
        if (Fresh(maxAge) is { } meanwhile)
        {
            return meanwhile;
        }

        Dictionary<string, Promotion> promotions = new(StringComparer.OrdinalIgnoreCase);
        await new PromotionFinder(api).FindAsync(
            null,
            promotion =>
            {
                promotions[promotion.PromotionId] = promotion;
                Keep(promotion);
                return Task.CompletedTask;
            },
            cancellationToken);
        _written.ApplyTo(promotions, Keep);
        PromotionSnapshot snapshot = new(promotions, _clock.UtcNow);
        Volatile.Write(ref _snapshot, snapshot);
        _isOutdated = false;
        return snapshot;
    }

    private PromotionSnapshot? Fresh(TimeSpan maxAge) => Snapshot is { } current && _clock.UtcNow - current.Time < maxAge ? current : null;

    /// <param name="Time">When the list could not be read.</param>
    /// <param name="Error">Why; null if it took too long for those who do not need it.</param>
    private sealed record ReadFailure(DateTimeOffset Time, EpPromoException? Error);
}
