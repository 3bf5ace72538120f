using EpPromo.Http.Json;
using EpPromo.Time;

namespace EpPromo.Http.Tokens;

/// <summary>How long a token is used (api-contract.md section 2).</summary>
internal static class TokenLifetime
{
    private static readonly TimeSpan s_default = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_max = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_renewBeforeEnd = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Reads the lifetime. Both fields are optional. An implausible lifetime is in another unit or from another clock, so the default is used.
    /// </summary>
    public static TimeSpan Read(JsonFields token, ServerClock serverClock)
    {
        long? seconds = token.CosmeticLongNumber("expires_in"u8)
            ?? token.CosmeticLongNumber("expires"u8) - serverClock.UtcNow.ToUnixTimeSeconds();
        return seconds > 0 && seconds <= s_max.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value) : s_default;
    }

    /// <summary>
    /// How long to use a token before it is renewed: until a minute before its end, or for half the lifetime of a token that lives less
    /// than two minutes.
    /// </summary>
    public static TimeSpan UntilRenewal(TimeSpan lifetime) =>
        lifetime > s_renewBeforeEnd + s_renewBeforeEnd ? lifetime - s_renewBeforeEnd : TimeSpan.FromTicks(lifetime.Ticks / 2);
}
