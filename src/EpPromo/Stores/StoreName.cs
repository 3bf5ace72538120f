using EpPromo.Text;

namespace EpPromo.Stores;

/// <summary>The names that a user can give a store.</summary>
internal static class StoreName
{
    private const int MaxLength = 100;

    /// <summary>The name, if it can be typed, and found by itself: a wildcard would select other stores as well.</summary>
    /// <exception cref="EpPromoException">It contains an invisible character or a wildcard, or is too long.</exception>
    public static string Checked(string name)
    {
        string? problem = InvisibleCharacter.FindFirst(name)
            ?? (name.IndexOfAny(['*', '?', '[', ']', '`']) is >= 0 and var i ? MessageText.Of(SR.DetailWildcard, name[i])
                : name.Length > MaxLength ? QuantityText.Of(name.Length, "character")
                : null);
        return problem is null ? name : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadStoreName), problem, MaxLength);
    }
}
