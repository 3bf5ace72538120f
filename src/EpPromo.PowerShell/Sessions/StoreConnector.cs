using System.Runtime.CompilerServices;
using EpPromo.Http;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.PowerShell.Sessions;

/// <summary>The one place that names EpPromo.Http: the first call loads the private libraries, importing the module does not.</summary>
internal static class StoreConnector
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IStoreConnection Connect(StoreOptions options, IClock clock, IRandomSource random) =>
        HttpStore.Connect(options, clock, random);
}
