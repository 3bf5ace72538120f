namespace EpPromo.Http;
/// <summary>.</summary>
public static class HttpStore { /// <summary>.</summary>
 public static IStoreConnection Connect(StoreOptions options, IClock clock, IRandomSource random) => throw new NotSupportedException(); }
