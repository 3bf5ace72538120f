namespace EpPromo.Bench.Measuring;

/// <summary>Which figure of a row a target is about.</summary>
internal enum TargetKind
{
    /// <summary>The ratio of the peer's measurement to ours.</summary>
    PeerOverOurs,

    /// <summary>The ratio of our measurement to the peer's.</summary>
    OursOverPeer,

    /// <summary>Our measurement itself.</summary>
    AtMost,
}
