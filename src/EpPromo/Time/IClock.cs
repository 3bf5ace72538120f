namespace EpPromo.Time;

/// <summary>A source of time: the machine, or a simulation.</summary>
internal interface IClock
{
    /// <summary>The current time; it never decreases.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Completes after <paramref name="duration"/>, or is cancelled.</summary>
    Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken);
}
