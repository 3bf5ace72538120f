namespace EpPromo.Http.Requests;

/// <summary>Whether a request may be retried when its response is lost.</summary>
internal enum RequestKind
{
    /// <summary>Changes nothing: may be retried.</summary>
    Read,

    /// <summary>A write with the same effect when carried out twice: may be retried.</summary>
    RepeatableWrite,

    /// <summary>A write that must not be retried unless it was certainly not sent.</summary>
    Write,
}
