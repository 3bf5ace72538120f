using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Sessions;

/// <summary>The stores of one runspace. State belongs to the runspace, so that two of them can work on two stores.</summary>
internal sealed class SessionStores
{
    private static readonly ConditionalWeakTable<Runspace, SessionStores> s_sessions = new();

    private EpStore? _connected;
    private EpStore? _fromEnvironment;
    private string? _environmentMark;
    private bool _connectFailed;

    /// <summary>The stores of the runspace that this thread works for.</summary>
    public static SessionStores Current => s_sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The store connected here, else that of the environment variables.</summary>
    /// <exception cref="EpPromoException">There is neither.</exception>
    public EpStore Default => _connectFailed
        ? throw new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.ConnectFailed))
        : _connected ?? FromEnvironment();

    /// <summary>Makes <paramref name="store"/> the default. The one before stays open for those who hold it.</summary>
    public void Connect(EpStore store)
    {
        _connected = store;
        _connectFailed = false;
    }

    /// <summary>
    /// Forgets the default until <see cref="Connect"/> or <see cref="DisconnectDefault"/>: a script that goes on after a connect that failed must not make codes in the
    /// store before it.
    /// </summary>
    public void BeginConnect()
    {
        _connected = null;
        _connectFailed = true;
    }

    /// <summary>
    /// Forgets and closes the store in use; after a connect that failed, forgets the failure instead. Nothing is opened for it, and
    /// where there is nothing to forget it is done.
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

    /// <summary>Closes what is open here.</summary>
    public void Close()
    {
        _connected?.Dispose();
        _fromEnvironment?.Dispose();
        _connected = _fromEnvironment = null;
    }

    /// <summary>Opened at the first use, and again when the variables have changed.</summary>
    private EpStore FromEnvironment()
    {
        string mark = StoreEnvironment.Mark();
        if (_fromEnvironment is not { IsClosed: false } || _environmentMark != mark)
        {
            StoreOptions options = StoreEnvironment.Read(null, null, null, nameof(SR.NotConnected));
            // The one before stays open for those who hold it.
            _fromEnvironment = StoreConnector.Open(options with { UserAgent = UserAgent.Text });
            _environmentMark = mark;
        }

        return _fromEnvironment;
    }
}
