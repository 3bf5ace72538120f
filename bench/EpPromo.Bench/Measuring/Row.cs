namespace EpPromo.Bench.Measuring;

/// <summary>A row of the table, before it is measured.</summary>
/// <param name="Work">What is measured.</param>
/// <param name="Peer">What people would use instead, or what our measurement is compared with; empty if with nothing.</param>
/// <param name="Target">What it is to reach.</param>
internal sealed record Row(string Work, string Peer, Target Target)
{
    /// <summary>The row, measured.</summary>
    public Result Measured(Series ours, Series? peer = null) => new(this, ours, peer);
}
