using EpPromo.Text;

namespace EpPromo.Stores;

/// <summary>The host of an address, as it is sent.</summary>
internal static class HostName
{
    /// <summary>The name in ASCII; null if it has no valid form, although the address as such was accepted.</summary>
    public static string? Of(Uri address)
    {
        try
        {
            return address.IdnHost.NullIfEmpty();
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
