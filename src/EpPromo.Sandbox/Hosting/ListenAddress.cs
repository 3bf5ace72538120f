using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace EpPromo.Sandbox.Hosting;

/// <summary>The IP address to listen on, and the URLs that reach it.</summary>
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

    /// <summary>The URL of a port from this machine.</summary>
    public Uri Local(int port)
    {
        IPAddress address = Ip.Equals(IPAddress.Any) ? IPAddress.Loopback : Ip.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Ip;
        return new Uri($"http://{new IPEndPoint(address, port)}/");
    }

    /// <summary>
    /// The URL of a port for the sender of a request. If the sandbox listens on all addresses, it has the host name of the request.
    /// </summary>
    public Uri For(string requestHost, int port) =>
        IsAny && requestHost.Length > 0 ? new UriBuilder("http", requestHost, port).Uri : Local(port);
}
