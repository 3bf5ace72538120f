using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace EpPromo.Sandbox.Hosting;

/// <summary>Where to listen, and how others then reach it.</summary>
internal sealed class ListenAddress(IPAddress ip)
{
    public IPAddress Ip { get; } = ip;

    private bool IsAny => Ip.Equals(IPAddress.Any) || Ip.Equals(IPAddress.IPv6Any);

    public static bool TryParse(string? text, [NotNullWhen(true)] out ListenAddress? address)
    {
        IPAddress? ip = text == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(text, out IPAddress? parsed) ? parsed : null;
        address = ip is null ? null : new ListenAddress(ip);
        return address is not null;
    }

    /// <summary>The URL of a port as this machine reaches it.</summary>
    public Uri Local(int port)
    {
        IPAddress reached = Ip.Equals(IPAddress.Any) ? IPAddress.Loopback : Ip.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Ip;
        return new Uri($"http://{new IPEndPoint(reached, port)}/");
    }

    /// <summary>The URL of a port as the sender of a request reaches it: the very host they used, where there is a choice.</summary>
    public Uri For(string requestHost, int port) =>
        IsAny && requestHost.Length > 0 ? new UriBuilder("http", requestHost, port).Uri : Local(port);
}
