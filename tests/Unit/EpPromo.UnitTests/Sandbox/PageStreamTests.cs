using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>The page of the sandbox is live: it receives what changes.</summary>
public sealed class PageStreamTests
{
    private const string Changes = "_sandbox/page/changes";

    // The server compares four times a second.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task At_first_everything_comes_then_only_the_sections_that_change()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(
            options => options with { BaseJobDuration = TimeSpan.FromMilliseconds(400) });
        string id = sandbox.Store.AddPromotion("Summer").Id;
        using HttpResponseMessage stream = await sandbox.GetStreamedAsync(Changes);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        JsonObject first = await ReadEventAsync(reader);
        await sandbox.Time.TimerCreatedAsync();
        sandbox.Store.AddJob(id, new JobSpec { JobType = JobSpec.Export });
        sandbox.Time.Advance(s_interval);
        JsonObject second = await ReadEventAsync(reader);
        await sandbox.Time.TimerCreatedAsync();
        sandbox.Server.Faults.Add("action=drop-after");
        sandbox.Time.Advance(s_interval);
        JsonObject third = await ReadEventAsync(reader);

        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        string[] sections = ["now", "setup", "totals", "promotions", "queue", "timeline", "jobs", "runs", "requests", "faults"];
        Assert.Equal(sections, first.Select(section => section.Key));
        Assert.Equal(["now", "totals", "promotions", "queue", "timeline", "jobs"], second.Select(section => section.Key));
        Assert.Equal(1, (int?)second["jobs"]!["found"]);
        Assert.Equal("processing", (string?)second["jobs"]!["rows"]![0]!["status"]);

        // The job ends after 400 ms, so the second interval brings that as well.
        Assert.Equal(["now", "totals", "promotions", "queue", "timeline", "jobs", "faults"], third.Select(section => section.Key));
        Assert.Equal("completed", (string?)third["jobs"]!["rows"]![0]!["status"]);
    }

    [Fact]
    public async Task Nothing_new_is_said_now_and_then()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        using HttpResponseMessage stream = await sandbox.GetStreamedAsync(Changes);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        await ReadEventAsync(reader);
        for (int i = 0; i < 40; i++)
        {
            await sandbox.Time.TimerCreatedAsync();
            sandbox.Time.Advance(s_interval);
        }

        Assert.Equal(": nothing new", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_computed_after_the_viewer_has_gone()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        using (HttpResponseMessage stream = await sandbox.GetStreamedAsync(Changes))
        {
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            await ReadEventAsync(reader);
            await sandbox.Time.TimerCreatedAsync();
        }

        // The server disposes of its timer when it notices that the connection is closed.
        await sandbox.Time.TimerDisposedAsync();
    }

    private static async Task<JsonObject> ReadEventAsync(StreamReader reader)
    {
        string? data = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        string? end = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("data: ", data, StringComparison.Ordinal);
        Assert.Equal("", end);
        return JsonNode.Parse(data!["data: ".Length..])!.AsObject();
    }
}
