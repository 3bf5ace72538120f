using EpPromo.Text;

namespace EpPromo.Api;

/// <summary>The ids of promotions and jobs. They become part of a path, so what cannot be one is refused before anything is sent.</summary>
internal static class Identifier
{
    private const int MaxLength = 100;

    private const int MaxShown = 60;

    /// <summary>The id as the store writes it, checked.</summary>
    /// <exception cref="EpPromoException">It cannot be an id.</exception>
    public static string Checked(string? id)
    {
        Check(id ?? "");
        return Canonical(id!);
    }

    /// <summary>
    /// Takes letters, digits, dashes and underscores. The API's ids are UUIDs, but it does not promise that they stay so.
    /// </summary>
    /// <exception cref="EpPromoException">It cannot be an id.</exception>
    public static void Check(string id)
    {
        if (id.Length is 0 or > MaxLength || !id.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-' or '_'))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadId), DisplayText.Short(id, MaxShown));
        }
    }

    /// <summary>A UUID in small letters, as the store writes it and alone knows it; any other id as it is.</summary>
    public static string Canonical(string id) => Guid.TryParseExact(id, "D", out _) ? id.ToLowerInvariant() : id;
}
