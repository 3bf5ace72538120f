using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using EpPromo.PowerShell.Parameters;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Sessions;

/// <summary>
/// The stores of one runspace. Each runspace has its own state, so that two of them can work on two stores. The state outlives the module:
/// its assembly stays loaded when it is removed.
/// </summary>
internal sealed class SessionStores
{
    private static readonly ConditionalWeakTable<Runspace, SessionStores> s_sessions = new();

    /// <summary>In the order in which they were connected; no two have the same name.</summary>
    private readonly List<EpStore> _connected = [];

    private EpStore? _default;
    private EpStore? _fromEnvironment;
    private string? _fingerprint;

    /// <summary>
    /// Why there is no default, once Connect-EpStore was used. From then on the store of the environment is not used unasked: it would take
    /// the place of another store, and perhaps of a read-only one, unnoticed.
    /// </summary>
    private Func<EpPromoException>? _noDefault;

    /// <summary>
    /// How many commands of this module have ended in the runspace. A command that gets no input can see whether one ended before it in its
    /// pipeline.
    /// </summary>
    public int EndedCommands { get; set; }

    /// <summary>The stores of the current thread's runspace.</summary>
    public static SessionStores Current => s_sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The store connected last or, in a session that has connected none, that of the environment variables.</summary>
    /// <exception cref="EpPromoException">There is neither.</exception>
    public EpStore Default => _default ?? (_noDefault is { } reason ? throw reason() : FromEnvironment());

    /// <summary>
    /// The open stores: those connected, in order, and that of the environment if it was used or is the default. It is opened if need be.
    /// </summary>
    /// <exception cref="EpPromoException">The environment variables are invalid.</exception>
    public IReadOnlyList<EpStore> All
    {
        get
        {
            if (UsesEnvironment && StoreEnvironment.IsComplete)
            {
                FromEnvironment();
            }

            return [.. _connected.Append(_fromEnvironment).OfType<EpStore>().Where(store => !store.IsClosed)];
        }
    }

    /// <summary>Whether <paramref name="store"/> is the default of the current thread's runspace.</summary>
    public static bool IsCurrentDefault(EpStore store) =>
        Runspace.DefaultRunspace is { } runspace && s_sessions.TryGetValue(runspace, out SessionStores session) && session.IsDefault(store);

    private bool UsesEnvironment => _default is null && _noDefault is null;

    /// <summary>Whether commands without -Store use <paramref name="store"/>.</summary>
    public bool IsDefault(EpStore store) => !store.IsClosed && store == (UsesEnvironment ? _fromEnvironment : _default);

    /// <summary>The open store of that name, whose case does not matter; null if there is none.</summary>
    /// <exception cref="EpPromoException">The environment variables are invalid.</exception>
    public EpStore? Find(string name) => All.FirstOrDefault(store => HasName(store, name));

    /// <summary>The open store of that name, whose case does not matter.</summary>
    /// <exception cref="EpPromoException">There is none; the message lists the stores.</exception>
    public EpStore Get(string name) => Find(name) ?? throw Unknown(name);

    /// <summary>The open stores with names that match: names or wildcard patterns. A store is returned once.</summary>
    /// <param name="names">The names or patterns.</param>
    /// <param name="onUnknown">Called for a name without a wildcard that no store has, with the name and the error.</param>
    /// <exception cref="EpPromoException">The environment variables are invalid.</exception>
    public IReadOnlyList<EpStore> Matching(IEnumerable<string> names, Action<string, EpPromoException> onUnknown)
    {
        IReadOnlyList<EpStore> all = All;
        HashSet<EpStore> matching = [];
        foreach (string name in names)
        {
            NameSearchPattern pattern = new(name);
            EpStore[] found = [.. all.Where(store => pattern.Matches(store.Name))];
            matching.UnionWith(found);
            if (found.Length == 0 && !pattern.IsPattern)
            {
                onUnknown(name, Unknown(name));
            }
        }

        return [.. all.Where(matching.Contains)];
    }

    /// <summary>
    /// The name of a store that gets none from the user: its host. Many stores share a host, so the next account of the same host gets a
    /// number, such as <c>useast.api.elasticpath.com-2</c>. An account that is connected again keeps its name.
    /// </summary>
    public string DefaultName(StoreOptions options)
    {
        for (int number = 1; ; number++)
        {
            string name = number == 1 ? options.BaseUri.Authority : $"{options.BaseUri.Authority}-{number}";
            if (_connected.Append(_fromEnvironment).OfType<EpStore>().FirstOrDefault(store => HasName(store, name)) is not { IsClosed: false } store
                || store.IsSameAccount(options))
            {
                return name;
            }
        }
    }

    /// <summary>
    /// Adds <paramref name="store"/>, in place of one of the same name, and makes it the default. The store that it replaces stays open,
    /// because a script may hold it in a variable.
    /// </summary>
    public void Connect(EpStore store)
    {
        _connected.RemoveAll(other => other.IsClosed || HasName(other, store.Name));
        if (_fromEnvironment is not null && HasName(_fromEnvironment, store.Name))
        {
            _fromEnvironment = null;
        }

        _connected.Add(store);
        _default = store;
        _noDefault = null;
    }

    /// <summary>
    /// Leaves no default until <see cref="Connect"/>: if the connection fails and the script continues, it must not generate codes in another
    /// store.
    /// </summary>
    public void BeginConnect()
    {
        _default = null;
        _noDefault = () => new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.ConnectFailed));
    }

    /// <summary>Forgets and closes the default. Opens nothing, and does nothing if there is none.</summary>
    public void DisconnectDefault()
    {
        if ((UsesEnvironment ? _fromEnvironment : _default) is { } store)
        {
            Disconnect(store);
        }
    }

    /// <summary>Forgets <paramref name="store"/> and closes it. If it is the default, no other store takes its place.</summary>
    public void Disconnect(EpStore store)
    {
        if (_default == store)
        {
            _default = null;
            _noDefault = () => new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), store.Name);
        }

        _connected.Remove(store);
        _fromEnvironment = _fromEnvironment == store ? null : _fromEnvironment;
        store.Dispose();
    }

    /// <summary>Closes the stores of the runspace, because the module is removed from it.</summary>
    public void Close()
    {
        if (_default is { } store)
        {
            string option = store.ReadOnly ? " -ReadOnly" : "";
            _default = null;
            _noDefault = () => new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.ModuleReloaded), store.Name, option);
        }

        foreach (EpStore open in _connected.Append(_fromEnvironment).OfType<EpStore>())
        {
            open.Dispose();
        }

        _connected.Clear();
        _fromEnvironment = null;
    }

    private EpPromoException Unknown(string name) => new(ErrorKind.NotFound, nameof(SR.UnknownStore), name, Names(All));

    private static bool HasName(EpStore store, string name) => store.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Names(IReadOnlyList<EpStore> stores) =>
        stores.Count == 0 ? SR.DetailNoStore : string.Join(", ", stores.Select(store => store.Name));

    /// <summary>
    /// The store is opened at its first use, and another one after the variables have changed, or since a store was connected with -ReadOnly
    /// elsewhere in the process.
    /// </summary>
    private EpStore FromEnvironment()
    {
        ReadOnlyMode.CheckVariables();
        bool isReadOnly = ReadOnlyMode.IsRemembered;
        string fingerprint = StoreEnvironment.Fingerprint() + isReadOnly;
        if (_fromEnvironment is not { IsClosed: false } || _fingerprint != fingerprint)
        {
            StoreOptions options = StoreEnvironment.Read(null, null, null, nameof(SR.NotConnected));
            // The previous one stays open, because a script may hold it in a variable.
            _fromEnvironment = StoreConnector.Open(options with
            {
                UserAgent = UserAgent.Text,
                ReadOnlyReason = () => ReadOnlyMode.Reason() ?? (isReadOnly ? SR.DetailReadOnlyProcess : null),
            });
            _fingerprint = fingerprint;
        }

        return _fromEnvironment;
    }
}
