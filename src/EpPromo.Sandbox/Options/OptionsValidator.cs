using EpPromo.Sandbox.Hosting;

namespace EpPromo.Sandbox.Options;

/// <summary>Rejects invalid options before the sandbox starts to listen.</summary>
internal static class OptionsValidator
{
    /// <exception cref="ArgumentException">An option is invalid; the message says which and why.</exception>
    public static ListenAddress Validate(SandboxOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ConcurrentJobs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.CodesPerPromotion);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxCodesPerRequest);
        ArgumentOutOfRangeException.ThrowIfNegative(options.RequestsPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DefaultPageLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.DefaultPageLength, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(options.TotalCap);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRecordedRequests, 1);
        TimeSpan[] times =
        [
            options.BaseJobDuration, options.DurationPerCode, options.CancellationDuration, options.TokenLifetime,
            options.LinkLifetime, options.ListLag, options.WriteDuration,
        ];
        if (times.Any(time => time < TimeSpan.Zero))
        {
            throw new ArgumentException("Durations must not be negative.", nameof(options));
        }

        if (options.Port != 0 && options.Port == options.FilesPort)
        {
            throw new ArgumentException(
                "Port and FilesPort must differ: the file host must be another origin than the API.", nameof(options));
        }

        return ListenAddress.TryParse(options.Listen, out ListenAddress? address)
            ? address
            : throw new ArgumentException($"'{options.Listen}' is not an IP address.", nameof(options));
    }
}
