using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Sessions;

/// <summary>The stores of one runspace. Each runspace has its own state, so that two of them can work on two stores.</summary>
internal sealed class SessionStores
{
    private static readonly ConditionalWeakTable<Runspace, SessionStores> s_sessions = new();

    private EpStore? _connected;
    private EpStore? _fromEnvironment;
    private string? _fingerprint;
    private bool _connectFailed;

    /// <summary>The stores of the current thread's runspace.</summary>
    public static SessionStores Current => s_sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The store that is connected, else that of the environment variables.</summary>
    /// <exception cref="EpPromoException">There is neither.</exception>
    public EpStore Default => _connectFailed
        ? throw new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.ConnectFailed))
        : _connected ?? FromEnvironment();

    /// <summary>Makes <paramref name="store"/> the default. The previous one stays open, because a script may use it with -Store.</summary>
    public void Connect(EpStore store)
    {
        _connected = store;
        _connectFailed = false;
    }

    /// <summary>
    /// Forgets the default until <see cref="Connect"/> or <see cref="DisconnectDefault"/>: if the connection fails and the script continues,
    /// it must not generate codes in the previous store.
    /// </summary>
    public void BeginConnect()
    {
        _connected = null;
        _connectFailed = true;
    }

    /// <summary>
    /// Forgets and closes the store in use; after a failed connection, forgets the failure instead. Opens nothing, and does nothing if there is
    /// no store.
    /// </summary>
    public void DisconnectDefault()
    {
        if (!_connectFailed && (_connected ?? _fromEnvironment) is { } store)
        {
            Disconnect(store);
        }

        _connectFailed = false;
    }

    /// <summary>Forgets <paramref name="store"/> and closes it.</summary>
    public void Disconnect(EpStore store)
    {
        _connected = _connected == store ? null : _connected;
        _fromEnvironment = _fromEnvironment == store ? null : _fromEnvironment;
        store.Dispose();
    }

    /// <summary>Closes the stores of the runspace.</summary>
    public void Close()
    {
        _connected?.Dispose();
        _fromEnvironment?.Dispose();
        _connected = _fromEnvironment = null;
    }

    /// <summary>The store is opened at its first use, and another one after the variables have changed.</summary>
    private EpStore FromEnvironment()
    {
        string fingerprint = StoreEnvironment.Fingerprint();
        if (_fromEnvironment is not { IsClosed: false } || _fingerprint != fingerprint)
        {
            StoreOptions options = StoreEnvironment.Read(null, null, null, nameof(SR.NotConnected));
            // The previous one stays open, because a script may use it with -Store.
            _fromEnvironment = StoreConnector.Open(options with { UserAgent = UserAgent.Text });
            _fingerprint = fingerprint;
        }

        return _fromEnvironment;
    }
}
