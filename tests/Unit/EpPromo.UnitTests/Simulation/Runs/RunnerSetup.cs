using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>How a process that runs <see cref="CodeRunner"/> is put together: rightly, or, to see it caught, with a mistake.</summary>
internal class RunnerSetup
{
    /// <summary>The store as the runner sees it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="requests">What is asked for.</param>
    public virtual IFakeApi Connect(SimulatedApi store, IReadOnlyList<CodeRunRequest> requests) => store;

    /// <summary>The store as the code sees it that decides what is missing, and when a run is done.</summary>
    /// <param name="api">The store as the rest of the runner sees it.</param>
    public virtual IFakeApi ForRunner(IFakeApi api) => api;

    /// <summary>How long the runner takes lists to lag behind, given how long they do.</summary>
    public virtual TimeSpan Window(TimeSpan window) => window;

    /// <summary>Runs on one promotion.</summary>
    /// <param name="api">The store as the runner sees it.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="run">Runs a request as <see cref="CodeRunner.RunAsync"/> does.</param>
    public virtual Task<CodeRun> RunAsync(IFakeApi api, CodeRunRequest request, Func<CodeRunRequest, Task<CodeRun>> run) =>
        run(request);
}
