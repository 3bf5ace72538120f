using System.Net.Http.Headers;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Exported files and their links behave as contract section 5, "File", says.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task An_export_is_downloaded_from_another_origin_without_a_token()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(
            o => o with { ExportColumns = ["Code", "max_uses"], ExportBom = true, ExportNewLine = "\r\n" });
        (string promotion, string job) = await AddPromotionWithExportAsync(sandbox);
        string href = await LinkAsync(sandbox, promotion, job);

        Assert.NotEqual(sandbox.Server.BaseUri.Authority, new Uri(href).Authority);
        Assert.Equal(sandbox.Server.FilesUri.Authority, new Uri(href).Authority);
        SandboxResponse file = await sandbox.DownloadAsync(href);
        Assert.Equal(("text/csv", "Code,max_uses\r\nONE,\r\n\"a,\"\"b\",\r\n"), (file.MediaType, file.Text));
        Assert.Equal(400, (int)(await sandbox.GetAsync(href)).Status);
        Assert.Equal(["api", "files", "files"], sandbox.Server.Requests.TakeLast(3).Select(request => request.Origin));
        Assert.StartsWith("Bearer ", sandbox.Server.Requests[^1].Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_expires_can_be_revoked_and_cannot_be_tampered_with()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { LinkLifetime = TimeSpan.FromSeconds(30) });
        (string promotion, string job) = await AddPromotionWithExportAsync(sandbox);

        string expiring = await LinkAsync(sandbox, promotion, job);
        Assert.Equal(200, (int)(await sandbox.DownloadAsync(expiring)).Status);
        Assert.Equal(403, (int)(await sandbox.DownloadAsync(expiring.Replace("Expires=1", "Expires=2", StringComparison.Ordinal))).Status);
        sandbox.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(403, (int)(await sandbox.DownloadAsync(expiring)).Status);

        string revoked = await LinkAsync(sandbox, promotion, job);
        sandbox.Store.ExpireLinks();
        Assert.Equal(403, (int)(await sandbox.DownloadAsync(revoked)).Status);
        Assert.Equal(200, (int)(await sandbox.DownloadAsync(await LinkAsync(sandbox, promotion, job))).Status);
    }

    [Fact]
    public async Task A_range_of_a_file_can_be_requested()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (string promotion, string job) = await AddPromotionWithExportAsync(sandbox);
        string href = await LinkAsync(sandbox, promotion, job);
        sandbox.UseToken(null);
        var request = new HttpRequestMessage(HttpMethod.Get, href) { Headers = { Range = new RangeHeaderValue(0, 3) } };

        SandboxResponse part = await sandbox.SendAsync(request);

        Assert.Equal((206, "code"), ((int)part.Status, part.Text));
    }

    [Fact]
    public async Task Only_a_completed_export_has_a_file()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string job = (await sandbox.ExportAsync(promotion)).Id;

        (await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/file"))
            .AssertError(422, "Unprocessable Entity", "Job has no file to download. Job status: processing");
    }

    private static async Task<(string Promotion, string Job)> AddPromotionWithExportAsync(SandboxUnderTest sandbox)
    {
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["ONE", "a,\"b"]);
        string job = (await sandbox.ExportAsync(promotion)).Id;
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        return (promotion, job);
    }

    private static async Task<string> LinkAsync(SandboxUnderTest sandbox, string promotion, string job) =>
        (string?)(await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/file"))["href"] ?? "";
}
