using EpPromo.Api;

namespace EpPromo.Benchmarks;

/// <summary>Nobody looks at the requests, as without -Verbose and -Debug.</summary>
internal sealed class NoObserver : IRequestObserver
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
