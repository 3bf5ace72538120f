using EpPromo.Runs;
using EpPromo.Runs.Execution;

namespace EpPromo.UnitTests.Simulation;

/// <summary>One session of a run on one promotion, and its outcome.</summary>
internal sealed class SessionRecord
{
    private readonly RunState _state;
    private readonly TimeSpan _clockOffset;

    public SessionRecord(SimulatedProcess process, CodeRunRequest request, RunState state, DateTimeOffset now)
    {
        Process = process;
        Request = request;
        _state = state;
        _clockOffset = process.Clock.UtcNow - now;
    }

    public SimulatedProcess Process { get; }

    public CodeRunRequest Request { get; }

    /// <summary>When it started to work; null when it only waited for the concurrency limit.</summary>
    public DateTimeOffset? StartedAt => _state.Phase != RunPhase.Pending ? _state.Started - _clockOffset : null;

    /// <summary>When it ended; null when its process was killed before.</summary>
    public TimeSpan? EndedAt { get; set; }

    /// <summary>Whether it counts toward the concurrency limit at the moment.</summary>
    public bool IsAtWork => _state.IsWorking;

    /// <summary>The run that it reported, or null.</summary>
    public CodeRun? Run { get; set; }

    /// <summary>Why it failed, or null.</summary>
    public EpPromoException? Error { get; set; }

    /// <summary>How many codes the run's jobs had really generated when it ended.</summary>
    public int GeneratedWhenEnded { get; set; }

    public bool Succeeded => Run is not null && Error is null;

    public override string ToString() => $"{Process.Name}, run '{Request.Name}' of {Request.Count} on {Request.PromotionId}";
}
