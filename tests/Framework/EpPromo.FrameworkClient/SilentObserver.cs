using EpPromo.Api;

namespace EpPromo.FrameworkClient;

/// <summary>Shows nothing of the requests.</summary>
internal sealed class SilentObserver : IRequestObserver
{
    public bool ShowsLines => false;

    public bool ShowsBodies => false;

    public void Verbose(string line)
    {
    }

    public void Debug(string text)
    {
    }

    public void Failed(string host, string reason, TimeSpan elapsed, TimeSpan delay)
    {
    }

    public void Succeeded()
    {
    }
}
