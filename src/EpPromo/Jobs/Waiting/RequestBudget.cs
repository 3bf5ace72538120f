namespace EpPromo.Jobs.Waiting;

/// <summary>How often jobs can be polled without taking the store's request rate from everybody else.</summary>
internal sealed class RequestBudget
{
    /// <summary>The share for jobs that may end at any moment.</summary>
    private const double CloseShare = 0.5;

    /// <summary>The share for jobs that cannot have ended if the estimates are right.</summary>
    private const double CheckShare = 0.1;

    private readonly Func<double> _requestsPerSecond;

    /// <summary>A budget.</summary>
    /// <param name="requestsPerSecond">Callback: the current limit.</param>
    public RequestBudget(Func<double> requestsPerSecond) => _requestsPerSecond = requestsPerSecond;

    /// <summary>The shortest interval at which each of a number of jobs can be polled that may end at any moment.</summary>
    public TimeSpan CloseInterval(int jobs) => Interval(jobs, CloseShare);

    /// <summary>The shortest interval at which each of a number of jobs can be polled to check its estimate.</summary>
    public TimeSpan CheckInterval(int jobs) => Interval(jobs, CheckShare);

    private TimeSpan Interval(int jobs, double share) => TimeSpan.FromSeconds(jobs / (share * _requestsPerSecond()));
}
