namespace EpPromo.Stores;

/// <summary>The host of an address as it goes over the wire.</summary>
internal static class HostName
{
    /// <summary>The name, in ASCII; null when there is none that could be looked up, although the address as such was accepted.</summary>
    public static string? Of(Uri address)
    {
        try
        {
            return address.IdnHost is { Length: > 0 } name ? name : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
