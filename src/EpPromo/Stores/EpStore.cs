using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo;

/// <summary>A connected store, as scripts see it: it contains no secret.</summary>
public sealed class EpStore : IDisposable
{
    private readonly StoreOptions _options;
    private readonly StoreSection _rule;
    private readonly StoreSection _standard;

    internal EpStore(StoreOptions options, IStoreConnection connection, IClock clock, IRandomSource random)
    {
        _options = options;
        Connection = connection;
        Clock = clock;
        Random = random;
        _rule = new StoreSection(this, PromotionKind.Rule);
        _standard = new StoreSection(this, PromotionKind.Standard);
    }

    /// <summary>The name by which <c>-Store</c> finds it: the one given to Connect-EpStore, else its host.</summary>
    public string Name => _options.DisplayName;

    /// <summary>The store's base URL.</summary>
    public Uri BaseUri => _options.BaseUri;

    /// <summary>The client id, or null if the store was connected with an access token.</summary>
    public string? ClientId => _options.Credential.ClientId;

    /// <summary>The organization that the key belongs to, or null for the key of a store.</summary>
    public string? OrganizationId => _options.Organization?.OrganizationId;

    /// <summary>Which of the organization's stores this is, or null for the key of a store.</summary>
    public string? StoreId => _options.Organization?.StoreId;

    /// <summary>Whether writes are rejected before they are sent.</summary>
    public bool ReadOnly => _options.ReadOnlyReason() is not null;

    /// <summary>Whether commands of this session use the store if no other is specified.</summary>
    public bool IsDefault => DefaultCheck(this);

    /// <summary>The maximum of requests a second.</summary>
    public double MaxRequestsPerSecond => _options.MaxRequestsPerSecond;

    /// <summary>The current limit of requests a second, which is lower than the maximum after a 429.</summary>
    public double RequestsPerSecond => Math.Round(Connection.RequestsPerSecond, 1);

    /// <summary>Requests sent, including retries.</summary>
    public long Requests => Connection.Counters.Requests;

    /// <summary>Requests that retried an earlier one.</summary>
    public long Retries => Connection.Counters.Retries;

    /// <summary>Responses with status 429, too many requests.</summary>
    public long Throttled => Connection.Counters.Throttled;

    /// <summary>Tokens requested.</summary>
    public long TokenRefreshes => Connection.Counters.TokenRefreshes;

    /// <summary>Whether it was disconnected.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether a store is the default of the session that asks. Sessions can share a store and differ in that.</summary>
    internal Func<EpStore, bool> DefaultCheck { get; init; } = static _ => false;

    internal IStoreConnection Connection { get; }

    internal IClock Clock { get; }

    internal IRandomSource Random { get; }

    internal TimeSpan ConsistencyWindow => _options.ConsistencyWindow;

    /// <summary>The promotions of a kind.</summary>
    internal StoreSection Section(PromotionKind kind) => kind == PromotionKind.Standard ? _standard : _rule;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>
    /// Whether <paramref name="options"/> describe the same account of the same store. Of an access token, the account is not known: it is
    /// taken for a newer token of this one.
    /// </summary>
    internal bool IsSameAccount(StoreOptions options) =>
        BaseUri == options.BaseUri && ClientId == options.Credential.ClientId && _options.Organization == options.Organization;

    /// <summary>Forgets the credentials and closes the connections.</summary>
    public void Dispose()
    {
        IsClosed = true;
        Connection.Dispose();
    }
}
