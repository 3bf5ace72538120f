namespace EpPromo.UnitTests.Simulation;

/// <summary>One sitting of a run on one promotion, and what came of it.</summary>
internal sealed class Sitting
{
    public Sitting(SimulatedProcess process, CodeRunRequest request, TimeSpan began)
    {
        Process = process;
        Request = request;
        Began = began;
    }

    public SimulatedProcess Process { get; }

    public CodeRunRequest Request { get; }

    public TimeSpan Began { get; }

    /// <summary>When it ended; null when its process was killed first.</summary>
    public TimeSpan? Ended { get; set; }

    /// <summary>What it said, or null.</summary>
    public CodeRun? Run { get; set; }

    /// <summary>Why it failed, or null.</summary>
    public EpPromoException? Error { get; set; }

    /// <summary>How many codes the jobs of the run had truly made when it ended.</summary>
    public int MadeByThen { get; set; }

    public bool EndedWell => Run is not null && Error is null;

    public override string ToString() => $"{Process.Name}, run '{Request.Name}' of {Request.Count} on {Request.PromotionId}";
}
