namespace EpPromo.Bench.Measuring;

/// <summary>One of those that do the same work.</summary>
internal interface IContender
{
    /// <summary>Does the work once.</summary>
    Task<Lap> RunAsync();
}
