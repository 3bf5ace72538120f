using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Servers;

/// <summary>Downloads the export files of a sandbox without the module.</summary>
internal sealed class SandboxFiles(SandboxServer sandbox) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = sandbox.BaseUri };

    /// <summary>Whether <paramref name="content"/> equals, byte for byte, the file of an export of the promotion.</summary>
    public async Task<bool> HasAsync(string promotionId, byte[] content)
    {
        // The newest export is the most likely one.
        foreach (SandboxJob export in sandbox.Store.Jobs(promotionId).Reverse().Where(job => job is { Spec.Generates: false, Status: "completed" }))
        {
            if ((await FetchAsync(promotionId, export.Id)).AsSpan().SequenceEqual(content))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> FetchAsync(string promotionId, string jobId)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        _client.DefaultRequestHeaders.Authorization ??= new AuthenticationHeaderValue("Bearer", await TokenAsync());
        string link = await _client.GetStringAsync($"v2/rule-promotions/{promotionId}/jobs/{jobId}/file", cancel);
        using HttpClient bare = new();
        return await bare.GetByteArrayAsync((string)JsonNode.Parse(link)!["href"]!, cancel);
    }

    private async Task<string> TokenAsync()
    {
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = sandbox.Options.ClientId,
            ["client_secret"] = sandbox.Options.ClientSecret,
        });
        using HttpResponseMessage response = await _client.PostAsync("oauth/access_token", form, TestContext.Current.CancellationToken);
        string json = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(json)!["access_token"]!;
    }
}
