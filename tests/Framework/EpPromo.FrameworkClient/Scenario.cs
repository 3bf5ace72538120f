using System.Net;
using System.Reflection;
using EpPromo.Api;
using EpPromo.Codes.Exports;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.PowerShell;
using EpPromo.PowerShell.Sessions;
using EpPromo.Stores;
using EpPromo.UnitTests.Http;

namespace EpPromo.FrameworkClient;

/// <summary>What is done with a store.</summary>
internal static class Scenario
{
    /// <summary>Writes what was done, line by line; in case of an error, its id, its message and what to do.</summary>
    /// <param name="action">"verify", "codes" or "download".</param>
    /// <param name="baseUri">The store's address.</param>
    /// <param name="secret">The client secret.</param>
    /// <returns>The exit code: 1 after an error.</returns>
    public static async Task<int> RunAsync(string action, string baseUri, string secret)
    {
        new ModuleInitializer().OnImport();
        try
        {
            StoreOptions options = new()
            {
                BaseUri = StoreAddress.Parse(baseUri),
                Credential = StoreCredential.FromClient("sandbox", new NetworkCredential("", secret).SecurePassword),
                ConsistencyWindow = TimeSpan.FromSeconds(2),
                CallTimeout = TimeSpan.FromSeconds(5),
            };
            using EpStore store = StoreConnector.Open(options);
            await (action switch
            {
                "verify" => store.Connection.VerifyAsync(new SilentObserver(), CancellationToken.None),
                "download" => DownloadAsync(store),
                _ => MakeCodesAsync(store),
            });
            return 0;
        }
        catch (EpPromoException e)
        {
            Console.WriteLine(e.ErrorId);
            Console.WriteLine(e.Message);
            Console.WriteLine(e.RecommendedAction);
            return 1;
        }
        finally
        {
            WriteTypes();
        }
    }

    /// <summary>Generates codes on the first promotion, exports all of its codes, and counts them in the file.</summary>
    private static async Task MakeCodesAsync(EpStore store)
    {
        ConcurrencyLimit limit = new(1);
        StoreContext context = new(store.Section(PromotionKind.Rule), new SilentObserver(), limit);
        using CancellationTokenSource end = new();
        Task polling = context.Waiter.RunAsync(end.Token);
        Page<Promotion> promotions = await context.Api.Promotions.ListPromotionsAsync(null, 0, CancellationToken.None);
        string promotion = promotions.Items[0].PromotionId;
        PromotionJob job = await context.Creator.CreateAsync(
            promotion, new NewJob { JobType = JobTypes.Generate, NumberOfCodes = 500, CodePrefix = "mono" }, CancellationToken.None);
        job = await context.Waiter.WaitForAsync(job, CancellationToken.None);
        Console.WriteLine($"{job.Status}: {job.Generated} codes");

        using MemoryStream file = new();
        PromotionExport export = context.CreatePromotionExport();
        PromotionJob exported = await limit.RunAsync(() => export.CreateAsync(promotion, null, CancellationToken.None), CancellationToken.None);
        await export.DownloadAsync(exported, file, CancellationToken.None);
        file.Position = 0;
        Console.WriteLine($"{store.Connection.ExportFiles.CountRows(file, exported.JobId, CancellationToken.None)} rows");
        end.Cancel();
    }

    /// <summary>Downloads the file of a job, and counts its bytes.</summary>
    private static async Task DownloadAsync(EpStore store)
    {
        using MemoryStream file = new();
        await store.Section(PromotionKind.Rule).Open(new SilentObserver()).Jobs.DownloadJobFileAsync("p1", "j1", file, CancellationToken.None);
        Console.WriteLine($"{file.Length} bytes");
    }

    /// <summary>Lists the types of the module's assemblies, as completing the name of a type does.</summary>
    private static void WriteTypes()
    {
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetName().Name.StartsWith("EpPromo", StringComparison.Ordinal))
            {
                Console.WriteLine($"{assembly.GetName().Name}: {assembly.GetTypes().Length > 0}");
            }
        }
    }
}
