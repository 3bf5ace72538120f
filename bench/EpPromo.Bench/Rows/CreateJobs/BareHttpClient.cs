using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EpPromo.Bench.Measuring;

namespace EpPromo.Bench.Rows.CreateJobs;

/// <summary>Creates jobs with HttpClient and nothing else: no retries, no rate limit, no check for a job that was created twice.</summary>
/// <param name="address">The store.</param>
/// <param name="promotion">The id of the promotion.</param>
/// <param name="jobs">How many jobs.</param>
/// <param name="atOnce">How many at the same time.</param>
internal sealed class BareHttpClient(string address, string promotion, int jobs, int atOnce) : IContender, IDisposable
{
    private const string Parameters = """{"number_of_codes":100,"max_uses_per_code":1,"code_prefix":"summer"}""";

    private readonly HttpClient _client = new();
    private readonly Uri _url = new($"{address}/v2/rule-promotions/{promotion}/jobs");

    public async Task<Lap> RunAsync()
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (number, _) => await CreateAsync(number));
        return new Lap(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public void Dispose() => _client.Dispose();

    private async Task CreateAsync(int number)
    {
        string body =
            $$$"""{"data":{"type":"promotion_job","job_type":"code_generate","name":"Newsletter {{{number}}}","parameters":{{{Parameters}}}}}""";
        using HttpRequestMessage request = new(HttpMethod.Post, _url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "a-token") },
        };
        using HttpResponseMessage response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        using JsonDocument created = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        if (created.RootElement.GetProperty("data").GetProperty("id").GetString() is null)
        {
            throw new InvalidOperationException("The job has no id.");
        }
    }
}
