namespace EpPromo.Http.Downloads;

/// <summary>How a gzip file ended.</summary>
internal enum GZipEnd
{
    /// <summary>It has one member, which was read to its end.</summary>
    Complete,

    /// <summary>Bytes are missing.</summary>
    CutOff,

    /// <summary>There is more than the one member that was read.</summary>
    SeveralMembers,
}
