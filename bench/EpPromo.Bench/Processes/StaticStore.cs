using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Processes;

/// <summary>A running EpPromo.Bench.StaticServer.</summary>
internal sealed class StaticStore : IDisposable
{
    /// <summary>The promotion with the jobs.</summary>
    public const string Promotion = "8c150382-0000-4000-8000-000000000001";

    /// <summary>The promotion with the export.</summary>
    public const string ExportPromotion = "8c150382-0000-4000-8000-000000000002";

    /// <summary>The completed export.</summary>
    public const string ExportJob = "8c150382-0000-4000-8000-000000000003";

    private readonly ChildProcess _process;

    private StaticStore(ChildProcess process, int port)
    {
        _process = process;
        Address = $"http://127.0.0.1:{port}";
    }

    public string Address { get; }

    /// <summary>The environment variables that make the module connect to it.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["EPCC_API_BASE_URL"] = Address,
        ["EPCC_CLIENT_ID"] = "bench",
        ["EPCC_CLIENT_SECRET"] = "bench",
    };

    /// <param name="jobs">The number of jobs of <see cref="Promotion"/>.</param>
    /// <param name="codes">The number of codes in the export.</param>
    /// <param name="latency">The time before each response, in milliseconds.</param>
    public static async Task<StaticStore> StartAsync(int jobs = 0, int codes = 0, int latency = 0)
    {
        string[] numbers = [.. new[] { jobs, codes, latency }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        string program = Path.Combine(AppContext.BaseDirectory, "EpPromo.Bench.StaticServer.dll");
        ChildProcess process = ChildProcess.Start(new ProcessStartInfo("dotnet", ["exec", program, .. numbers]) { RedirectStandardInput = true });
        string port = await process.ReadLineAsync(CancellationToken.None)
            ?? throw new InvalidOperationException((await process.WaitAsync(CancellationToken.None)).Text);
        return new StaticStore(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>The link of the exported file.</summary>
    public async Task<Uri> GetFileLinkAsync()
    {
        using HttpClient client = new();
        string json = await client.GetStringAsync(new Uri($"{Address}/v2/rule-promotions/{ExportPromotion}/jobs/{ExportJob}/file"));
        return new Uri(JsonDocument.Parse(json).RootElement.GetProperty("href").GetString()!);
    }

    /// <summary>Downloads the exported file.</summary>
    public async Task DownloadAsync(string file)
    {
        using HttpClient client = new();
        await using Stream source = await client.GetStreamAsync(await GetFileLinkAsync());
        await using FileStream target = File.Create(file);
        await source.CopyToAsync(target);
    }

    public void Dispose() => _process.Dispose();
}
