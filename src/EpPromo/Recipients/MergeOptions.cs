namespace EpPromo.Recipients;

/// <summary>What a merge is told.</summary>
/// <param name="Key">The column that identifies a recipient.</param>
/// <param name="Path">The merged file, for messages.</param>
/// <param name="FormerPath">The file of former recipients, for messages.</param>
internal sealed record MergeOptions(string Key, string Path, string FormerPath);
