namespace EpPromo.Time;

/// <summary>Time, from outside: the machine's, or a simulation's.</summary>
internal interface IClock
{
    /// <summary>Now; it never runs backwards.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Ends after <paramref name="duration"/>, or is cancelled.</summary>
    Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken);
}
