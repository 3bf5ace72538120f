namespace EpPromo.UnitTests.Simulation;

/// <summary>What can go wrong with a request, as far as <see cref="IFakeApi"/> can show it.</summary>
internal enum Fault
{
    None,

    /// <summary>No connection is made in any attempt: nothing was sent.</summary>
    NotSent,

    /// <summary>The store rejects the request for a reason of its own (401, 403, 409, 400).</summary>
    Rejected,

    /// <summary>429: not processed.</summary>
    Throttled,

    /// <summary>The request never reaches the store; the client notices later.</summary>
    LostBefore,

    /// <summary>The request is processed, and its response is lost or unreadable.</summary>
    LostAfter,

    /// <summary>The client gives the request up before the store processes it.</summary>
    ProcessedLate,

    /// <summary>A read gets no usable response in any attempt.</summary>
    Unavailable,

    /// <summary>A read gets an invalid response.</summary>
    InvalidResponse,
}
