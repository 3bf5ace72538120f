using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EpPromo.ModuleTests.Servers;

/// <summary>
/// The requests whose responses the sandboxes of this process have sent completely. (A sandbox records a request earlier: when its
/// response begins.)
/// </summary>
internal sealed class SentResponses : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Server = "Microsoft.AspNetCore";
    private const string Ended = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop";

    private readonly ConcurrentQueue<string> _paths = new();
    private readonly ConcurrentQueue<IDisposable> _subscriptions = new();

    public SentResponses() => _subscriptions.Enqueue(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>The paths of those requests.</summary>
    public IEnumerable<string> Paths => _paths;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Server)
        {
            _subscriptions.Enqueue(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == Ended && value.Value is HttpContext context)
        {
            _paths.Enqueue(context.Request.Path);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }
}
