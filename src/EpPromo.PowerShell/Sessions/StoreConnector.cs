using System.Runtime.CompilerServices;
using EpPromo.Documents;
using EpPromo.Http;
using EpPromo.Http.Csv;
using EpPromo.Http.Documents;
using EpPromo.Http.Reports;
using EpPromo.PowerShell.Loading;
using EpPromo.Recipients;
using EpPromo.Reports;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.PowerShell.Sessions;

/// <summary>
/// Opens stores, and what else EpPromo.Http provides. This is the one place that names it: the first call loads the private libraries, so
/// importing the module does not.
/// </summary>
internal static class StoreConnector
{
    /// <summary>One clock for all stores, so that it is never set back.</summary>
    public static IClock Clock { get; } = new SystemClock();

    /// <summary>One source of randomness for all stores.</summary>
    public static IRandomSource Random { get; } = new SystemRandom();

    /// <summary>Opens a store; nothing is sent yet.</summary>
    /// <exception cref="EpPromoException">Files of the module are missing.</exception>
    public static EpStore Open(StoreOptions options) => Load(
        () => new EpStore(options, Connect(options), Clock, Random) { DefaultCheck = SessionStores.IsCurrentDefault });

    /// <summary>What reads and writes CSV files; it needs no store.</summary>
    /// <exception cref="EpPromoException">Files of the module are missing.</exception>
    public static ICsvTables OpenTables() => Load(CreateTables);

    /// <summary>What reads documents; it needs no store.</summary>
    /// <exception cref="EpPromoException">Files of the module are missing.</exception>
    public static IDocumentReader OpenDocuments() => Load(CreateDocuments);

    /// <summary>What writes reports; it needs no store.</summary>
    /// <exception cref="EpPromoException">Files of the module are missing.</exception>
    public static IReportFiles OpenReports() => Load(CreateReports);

    private static T Load<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (IOException e) when (MissingLibrary.Explain(e) is { } known)
        {
            throw known;
        }
    }

#pragma warning disable CA1859 // The concrete type in the signature would load its assembly for whoever calls this, outside of the try.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IStoreConnection Connect(StoreOptions options) => new StoreConnection(options, Clock, Random);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ICsvTables CreateTables() => new CsvTables();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IDocumentReader CreateDocuments() => new DocumentReader();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IReportFiles CreateReports() => new ReportFiles();
#pragma warning restore CA1859
}
