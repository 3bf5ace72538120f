namespace EpPromo.Http;

/// <summary>One call with all its tries: its time, its log, and how often it was repeated.</summary>
internal sealed class Call
{
    public Call(CallLog log, TimeSpan limit, int maxRepeats, IClock clock)
    {
        Log = log;
        Budget = new CallBudget(limit, clock);
        MaxRepeats = maxRepeats;
    }

    public CallLog Log { get; }

    public CallBudget Budget { get; }

    public int MaxRepeats { get; }

    /// <summary>How many tries brought something that makes no sense: a redirect or an unreadable answer; a large one counts for more.</summary>
    public int OddAnswers { get; set; }

    /// <summary>Whether a try was broken off after something of it may have gone out.</summary>
    public bool MayHaveBeenSent { get; set; }

    /// <summary>The pause before the next try.</summary>
    public TimeSpan NextPause { get; set; }
}
