using EpPromo.Api;

namespace EpPromo.UnitTests.Simulation;

/// <summary>What goes wrong with a request, as <see cref="IPromotionApi"/> can show it.</summary>
internal enum Fault
{
    None,

    /// <summary>No connection is made, in spite of all tries: nothing was sent.</summary>
    NotSent,

    /// <summary>The store says no, for a reason of its own (401, 403, 409, 400).</summary>
    Refused,

    /// <summary>429: not processed.</summary>
    Throttled,

    /// <summary>The request never reaches the store; the client notices later.</summary>
    LostBefore,

    /// <summary>The request is processed and its answer never comes, or cannot be read.</summary>
    LostAfter,

    /// <summary>The client gives the request up before the store gets round to processing it.</summary>
    ProcessedLate,

    /// <summary>No usable answer to a read, in spite of all tries.</summary>
    Unavailable,

    /// <summary>An answer to a read that makes no sense.</summary>
    BadAnswer,
}
