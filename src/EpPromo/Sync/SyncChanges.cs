namespace EpPromo.Sync;

/// <summary>The values of <see cref="PromotionDifference.Change"/>.</summary>
internal static class SyncChanges
{
    public const string Create = "Create";
    public const string Set = "Set";
    public const string Run = "Run";
    public const string Delete = "Delete";
}
