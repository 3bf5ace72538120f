namespace EpPromo.Sandbox;

/// <summary>The sandbox cannot listen on a port because it is already in use.</summary>
public sealed class PortInUseException : IOException
{
    internal PortInUseException(int port, Exception inner)
        : base($"Port {port} is already in use. Choose another one, or 0 for any free port.", inner) => Port = port;

    /// <summary>The port.</summary>
    public int Port { get; }
}
