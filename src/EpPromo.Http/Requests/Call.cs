using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>One call with all its tries: its time, its log, and how often it was repeated.</summary>
internal sealed class Call
{
    public Call(CallLog log, TimeSpan limit, bool isProven, IClock clock)
    {
        Log = log;
        Budget = new CallBudget(limit, clock);
        IsProven = isProven;
    }

    public CallLog Log { get; }

    public CallBudget Budget { get; }

    /// <summary>Whether the address has been seen to be that of a store; else it may be mistyped.</summary>
    public bool IsProven { get; }

    /// <summary>How many tries brought no response of the API: nothing at all, or one that may be another host's.</summary>
    public int Unanswered { get; private set; }

    /// <summary>How many malformed responses came. A large one counts for more, so that it is not downloaded many times.</summary>
    public int MalformedResponses { get; private set; }

    /// <summary>Whether a try was broken off after something of it may have gone out.</summary>
    public bool MayHaveBeenSent { get; set; }

    /// <summary>Counts a failed attempt.</summary>
    public void Count(AttemptException failed)
    {
        Unanswered += failed.IsResponseOfApi ? 0 : 1;
        MalformedResponses += !failed.IsMalformedResponse ? 0 : failed.IsLarge ? RetryPolicy.MaxMalformedResponses : 1;
    }
}
