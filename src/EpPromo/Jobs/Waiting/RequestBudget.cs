namespace EpPromo.Jobs.Waiting;

/// <summary>How often jobs can be polled without taking the store's request rate from everybody else.</summary>
internal sealed class RequestBudget
{
    /// <summary>The share for jobs that may end at any moment.</summary>
    private const double CloseShare = 0.5;

    /// <summary>The share for jobs that cannot have ended if the estimates are right.</summary>
    private const double CheckShare = 0.1;

    /// <summary>The share for jobs that cannot have started if the store starts them in the order of their creation.</summary>
    private const double OrderShare = 0.02;

    private readonly Func<double> _requestsPerSecond;

    /// <summary>A budget.</summary>
    /// <param name="requestsPerSecond">Callback: the current limit.</param>
    public RequestBudget(Func<double> requestsPerSecond) => _requestsPerSecond = requestsPerSecond;

    /// <summary>The shortest interval at which each of a number of jobs can be polled that may end at any moment.</summary>
    public TimeSpan CloseInterval(int jobs) => Interval(jobs, CloseShare);

    /// <summary>The shortest interval at which each of a number of jobs can be polled to check its estimate.</summary>
    public TimeSpan CheckInterval(int jobs) => Interval(jobs, CheckShare);

    /// <summary>The shortest interval at which a job can be polled to check whether the store keeps to the order.</summary>
    public TimeSpan OrderCheckInterval => Interval(1, OrderShare);

    private TimeSpan Interval(int jobs, double share) => TimeSpan.FromSeconds(jobs / (share * _requestsPerSecond()));
}
