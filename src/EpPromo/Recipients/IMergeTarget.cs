namespace EpPromo.Recipients;

/// <summary>
/// Where a merge writes. Each method puts a whole file in the place of the old one, at once and durably: when it has returned, the new file
/// is there even after a power failure, and until then the old one is.
/// </summary>
internal interface IMergeTarget
{
    /// <summary>Replaces the merged file.</summary>
    Task WriteListAsync(Action<Stream> write, CancellationToken cancellationToken);

    /// <summary>Replaces the file of former recipients.</summary>
    Task WriteFormerAsync(Action<Stream> write, CancellationToken cancellationToken);

    /// <summary>Removes the file of former recipients.</summary>
    void RemoveFormer();
}
