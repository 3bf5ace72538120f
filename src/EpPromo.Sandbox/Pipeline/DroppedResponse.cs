namespace EpPromo.Sandbox.Pipeline;

/// <summary>
/// A request feature: a fault dropped the connection, so the client gets no response even though the server has set one.
/// </summary>
internal sealed record DroppedResponse;
