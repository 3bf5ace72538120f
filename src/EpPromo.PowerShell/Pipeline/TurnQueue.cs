namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// The order of the output of work that runs side by side: each piece of work has a turn, in the order of the input, and writes only in its
/// turn. On the pipeline thread.
/// </summary>
internal sealed class TurnQueue
{
    private Task _last = Task.CompletedTask;

    /// <summary>The turn after all turns so far.</summary>
    public Turn Next()
    {
        Turn turn = new(_last);
        _last = turn.Ended;
        return turn;
    }
}
