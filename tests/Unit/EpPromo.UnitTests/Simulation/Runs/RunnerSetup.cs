using EpPromo.Runs;
using EpPromo.Runs.Execution;

namespace EpPromo.UnitTests.Simulation;

/// <summary>How a <see cref="RunnerProcess"/> is set up: like the module, or as a mutant that the invariants must catch.</summary>
internal class RunnerSetup
{
    /// <summary>Returns the API that the runner uses.</summary>
    /// <param name="store">The API of the store.</param>
    /// <param name="requests">The requested runs.</param>
    public virtual IFakeApi Connect(SimulatedApi store, IReadOnlyList<CodeRunRequest> requests) => store;

    /// <summary>Returns the API of the code that decides what is missing and when a run is complete.</summary>
    /// <param name="api">The API of the rest of the runner.</param>
    public virtual IFakeApi ForRunner(IFakeApi api) => api;

    /// <summary>Returns the consistency window that the runner is configured with.</summary>
    /// <param name="window">The consistency window of the store.</param>
    public virtual TimeSpan Window(TimeSpan window) => window;

    /// <summary>Returns the run that is executed for a requested one.</summary>
    public virtual CodeRunRequest Request(CodeRunRequest request) => request;

    /// <summary>Executes the run of one promotion.</summary>
    /// <param name="api">The API that the runner uses.</param>
    /// <param name="request">The requested run.</param>
    /// <param name="run">Executes the run as <see cref="CodeRunner.RunAsync"/> does.</param>
    public virtual Task<CodeRun> RunAsync(IFakeApi api, CodeRunRequest request, Func<Task<CodeRun>> run) => run();
}
