using EpPromo.Text;

namespace EpPromo.Api;

/// <summary>The ids of promotions and jobs. They become part of a path, so an invalid one is rejected before anything is sent.</summary>
internal static class Identifier
{
    private const int MaxLength = 100;

    private const int MaxShown = 60;

    /// <summary>The id in the form that the store uses, validated.</summary>
    /// <exception cref="EpPromoException">It is not a valid id.</exception>
    public static string Checked(string? id)
    {
        Check(id ?? "");
        return Canonical(id!);
    }

    /// <summary>
    /// Accepts letters, digits, dashes and underscores. The API's ids are UUIDs, but it does not guarantee that.
    /// </summary>
    /// <exception cref="EpPromoException">It is not a valid id.</exception>
    public static void Check(string id)
    {
        if (id.Length is 0 or > MaxLength || !id.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-' or '_'))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadId), DisplayText.Short(id, MaxShown));
        }
    }

    /// <summary>A UUID in lower case, the only form that the store recognizes; any other id unchanged.</summary>
    public static string Canonical(string id) => Guid.TryParseExact(id, "D", out _) ? id.ToLowerInvariant() : id;
}
