namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// The order of the output of work that runs side by side: that of the input. Each piece of work writes when those before it have written
/// everything. On the pipeline thread.
/// </summary>
internal sealed class OutputOrder
{
    private Task _last = Task.CompletedTask;

    /// <summary>The output after all outputs so far.</summary>
    public OrderedOutput Next()
    {
        OrderedOutput output = new(_last);
        _last = output.Ended;
        return output;
    }
}
