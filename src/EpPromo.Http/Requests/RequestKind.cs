namespace EpPromo.Http;

/// <summary>What a lost answer means for a request.</summary>
internal enum RequestKind
{
    /// <summary>Changes nothing: may be repeated.</summary>
    Read,

    /// <summary>A write that is the same when done twice: may be repeated.</summary>
    RepeatableWrite,

    /// <summary>A write that must not be repeated unless it was certainly not sent.</summary>
    Write,
}
