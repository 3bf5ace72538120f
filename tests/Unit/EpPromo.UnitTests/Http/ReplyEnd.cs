namespace EpPromo.UnitTests.Http;

/// <summary>What the server does after it has sent the bytes of a reply.</summary>
internal enum ReplyEnd
{
    /// <summary>Waits for the next request.</summary>
    KeepOpen,

    /// <summary>Sends nothing more and keeps the connection.</summary>
    Stall,

    /// <summary>Closes the connection properly.</summary>
    Close,

    /// <summary>Resets the connection.</summary>
    Reset,
}
