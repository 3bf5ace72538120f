namespace EpPromo;

/// <summary>The ids of promotions and jobs. They become part of a path, so what cannot be one is refused before anything is sent.</summary>
internal static class Identifier
{
    private const int MaxLength = 100;

    private const int MaxShown = 60;

    /// <summary>The id itself, checked.</summary>
    /// <exception cref="EpPromoException">It cannot be an id.</exception>
    public static string Checked(string? id)
    {
        Check(id ?? "");
        return id!;
    }

    /// <summary>
    /// Takes letters, digits, dashes and underscores. The API's ids are UUIDs, but it does not promise that they stay so.
    /// </summary>
    /// <exception cref="EpPromoException">It cannot be an id.</exception>
    public static void Check(string id)
    {
        if (id.Length is 0 or > MaxLength || !id.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-' or '_'))
        {
            throw new EpPromoException(ErrorKind.BadInput, nameof(SR.BadId), DisplayText.Short(id, MaxShown));
        }
    }
}
