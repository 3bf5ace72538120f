using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// The time in which a command's requests fail and are repeated. Without a word about it, the command would seem to hang: a request is
/// repeated for up to two minutes. Safe to call from any thread.
/// </summary>
internal sealed class StoreOutage
{
    /// <summary>How long requests may fail before the user should know: less is not worth a line, more looks like a hang.</summary>
    private static readonly TimeSpan s_noticeAfter = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private readonly IClock _clock;
    private DateTimeOffset? _since;
    private string? _description;
    private bool _isShown;

    /// <summary>No outage yet.</summary>
    /// <param name="clock">What its duration is measured by.</param>
    public StoreOutage(IClock clock) => _clock = clock;

    /// <summary>The last failure, as an addition to a message about a timeout; null if a request has succeeded since.</summary>
    public string? Description
    {
        get
        {
            lock (_lock)
            {
                return _description;
            }
        }
    }

    /// <summary>An attempt has failed.</summary>
    /// <param name="host">The host that it was sent to.</param>
    /// <param name="reason">Why it failed.</param>
    /// <param name="elapsed">How long its call has lasted.</param>
    /// <param name="delay">How long nothing is sent now.</param>
    /// <returns>A warning for the user, once in each outage; otherwise null.</returns>
    public string? Report(string host, string reason, TimeSpan elapsed, TimeSpan delay)
    {
        DateTimeOffset now = _clock.UtcNow;
        lock (_lock)
        {
            _description = MessageText.Of(SR.DetailStoreFailing, host, reason);
            _since = _since < now - elapsed ? _since : now - elapsed;
            if (_isShown || now - _since + delay < s_noticeAfter)
            {
                return null;
            }

            _isShown = true;
            return DisplayText.Clean(MessageText.Of(SR.WarningStoreFailing, host, reason));
        }
    }

    /// <summary>A request has succeeded.</summary>
    public void End()
    {
        lock (_lock)
        {
            _since = null;
            _description = null;
            _isShown = false;
        }
    }
}
