using System.Net.Http.Headers;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Files behave as contract section 5, "File", says.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task An_export_is_a_file_on_another_origin_without_a_token()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(
            o => o with { ExportColumns = ["Code", "max_uses"], ExportBom = true, ExportNewLine = "\r\n" });
        (string promotion, string job) = await ExportedAsync(sandbox);
        string href = await LinkAsync(sandbox, promotion, job);

        Assert.NotEqual(sandbox.Server.BaseUri.Authority, new Uri(href).Authority);
        Assert.Equal(sandbox.Server.FilesUri.Authority, new Uri(href).Authority);
        SandboxUnderTest.Answer file = await sandbox.DownloadAsync(href);
        Assert.Equal(("text/csv", "Code,max_uses\r\nONE,\r\n\"a,\"\"b\",\r\n"), (file.MediaType, file.Text));
        Assert.Equal(400, (int)(await sandbox.GetAsync(href)).Status);
        Assert.Equal(["api", "files", "files"], sandbox.Server.Requests.TakeLast(3).Select(request => request.Origin));
        Assert.StartsWith("Bearer ", sandbox.Server.Requests[^1].Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_dies_with_time_by_order_and_when_tampered_with()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { LinkLifetime = TimeSpan.FromSeconds(30) });
        (string promotion, string job) = await ExportedAsync(sandbox);

        string timed = await LinkAsync(sandbox, promotion, job);
        Assert.Equal(200, (int)(await sandbox.DownloadAsync(timed)).Status);
        Assert.Equal(403, (int)(await sandbox.DownloadAsync(timed.Replace("Expires=1", "Expires=2", StringComparison.Ordinal))).Status);
        sandbox.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(403, (int)(await sandbox.DownloadAsync(timed)).Status);

        string ordered = await LinkAsync(sandbox, promotion, job);
        sandbox.Store.ExpireLinks();
        Assert.Equal(403, (int)(await sandbox.DownloadAsync(ordered)).Status);
        Assert.Equal(200, (int)(await sandbox.DownloadAsync(await LinkAsync(sandbox, promotion, job))).Status);
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_asked_for()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (string promotion, string job) = await ExportedAsync(sandbox);
        string href = await LinkAsync(sandbox, promotion, job);
        sandbox.UseToken(null);
        var request = new HttpRequestMessage(HttpMethod.Get, href) { Headers = { Range = new RangeHeaderValue(0, 3) } };

        SandboxUnderTest.Answer part = await sandbox.SendAsync(request);

        Assert.Equal((206, "code"), ((int)part.Status, part.Text));
    }

    [Fact]
    public async Task Only_a_completed_export_has_a_file()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string job = (await sandbox.ExportAsync(promotion)).Id;

        (await sandbox.GetAsync($"{SandboxUnderTest.Jobs(promotion)}/{job}/file"))
            .Is(422, "Unprocessable Entity", "Job has no file to download. Job status: processing");
    }

    private static async Task<(string Promotion, string Job)> ExportedAsync(SandboxUnderTest sandbox)
    {
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["ONE", "a,\"b"]);
        string job = (await sandbox.ExportAsync(promotion)).Id;
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        return (promotion, job);
    }

    private static async Task<string> LinkAsync(SandboxUnderTest sandbox, string promotion, string job) =>
        (string?)(await sandbox.GetAsync($"{SandboxUnderTest.Jobs(promotion)}/{job}/file"))["href"] ?? "";
}
