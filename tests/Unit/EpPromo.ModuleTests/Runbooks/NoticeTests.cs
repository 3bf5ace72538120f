using System.Text.Json;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>samples/runbooks/notify/Send-Notice.ps1: a message to a webhook.</summary>
public sealed class NoticeTests
{
    private const string HostileText = "Fish & Chips <!channel> <https://example.com|x> *b* [y](https://example.com) \"50%\" \\ é😀";

    /// <summary>The text of a Slack message is one text; in Teams, each line is a text of its own.</summary>
    [Fact]
    public async Task Slack_gets_the_text_escaped_after_failures()
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync("0", 503, 429, WebhookServer.ConnectionClosed);

        Send(webhook, "Slack", [HostileText, "", "second line"], failed: true).ThrowIfFailed();

        Assert.Equal(4, webhook.Messages.Count);
        JsonElement message = webhook.Messages.Last();
        Assert.Equal("❌ Title &lt;1&gt;", message.GetProperty("text").GetString());
        JsonElement[] texts = [.. message.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("text"))];
        Assert.All(texts, text => Assert.Equal("plain_text", text.GetProperty("type").GetString()));
        Assert.Equal(
            [
                "❌ Title &lt;1&gt;",
                "Fish &amp; Chips &lt;!channel&gt; &lt;https://example.com|x&gt; *b* [y](https://example.com) \"50%\" \\ é😀\nsecond line",
            ],
            texts.Select(text => text.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Teams_gets_a_card_of_plain_text_runs()
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync(null);

        Send(webhook, "Teams", [HostileText, "second line"]).ThrowIfFailed();

        JsonElement message = Assert.Single(webhook.Messages);
        Assert.Equal("message", message.GetProperty("type").GetString());
        JsonElement attachment = Assert.Single(message.GetProperty("attachments").EnumerateArray());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        JsonElement card = attachment.GetProperty("content");
        Assert.Equal(("AdaptiveCard", "1.4"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        JsonElement[] body = [.. card.GetProperty("body").EnumerateArray()];

        // A TextBlock would read the text as Markdown.
        Assert.All(body, element => Assert.Equal("RichTextBlock", element.GetProperty("type").GetString()));
        JsonElement[] runs = [.. body.Select(element => Assert.Single(element.GetProperty("inlines").EnumerateArray()))];
        Assert.Equal(["Title <1>", HostileText, "second line"], runs.Select(run => run.GetProperty("text").GetString()));
        Assert.Equal("Good", runs[0].GetProperty("color").GetString());
    }

    [Theory]
    [InlineData("Slack")]
    [InlineData("Teams")]
    public async Task Lines_that_do_not_fit_are_counted(string format)
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync(null);

        Send(webhook, format, [.. Enumerable.Range(1, 1000).Select(number => $"Promotion {number} & Co: 5 of 5 codes")]).ThrowIfFailed();

        string text = Assert.Single(webhook.Messages).ToString();
        Assert.Contains("Promotion 1 ", text, StringComparison.Ordinal);
        Assert.Matches(@"… and 9\d\d more lines in the log\.", JsonSerializer.Deserialize<JsonElement>(text).ToString());
        Assert.InRange(text.Length, 1000, 10_000);
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(404, 1)]
    [InlineData(302, 4)]
    [InlineData(500, 4)]
    [InlineData(WebhookServer.ConnectionClosed, 4)]
    public async Task It_gives_up_after_a_bounded_number_of_attempts(int status, int attempts)
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync(null, [.. Enumerable.Repeat(status, 20)]);

        RunResult result = Send(webhook, "Slack", [], options: "-Verbose -Debug");

        Assert.Equal(attempts, webhook.Messages.Count);
        Assert.Empty(webhook.OtherRequests);
        Assert.NotNull(result.Terminating);
        Assert.StartsWith("The webhook did not take the message: ", result.Terminating.Exception.Message, StringComparison.Ordinal);
        IEnumerable<string> shown = [.. result.Errors.Select(error => error.ToString()), .. result.Verbose, .. result.Debug, .. result.Warnings];
        Assert.All(shown, text => Assert.DoesNotContain(WebhookServer.Secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_does_not_wait_for_an_hour()
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync("3600", 429);

        RunResult result = Send(webhook, "Slack", []);

        Assert.Single(webhook.Messages);
        Assert.Contains("status 429, and it asks for a delay of 01:00:00", result.Terminating!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delay_may_be_a_date()
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync(DateTimeOffset.UtcNow.AddHours(2).ToString("r"), 503);

        RunResult result = Send(webhook, "Slack", []);

        Assert.Contains("asks for a delay of 01:59:", result.Terminating!.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/x", "Slack", "does not begin with https://")]
    [InlineData("not an address", "Slack", "does not begin with https://")]
    [InlineData("https://example.com/x", "Pigeon", "neither Slack nor Teams")]
    public void A_wrong_setting_is_an_error(string address, string format, string message)
    {
        using ModuleSession session = new();

        RunResult result = session.Run(Script, Path, address, format, Array.Empty<string>());

        Assert.Contains(message, result.Terminating!.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(address, result.Terminating.Exception.Message, StringComparison.Ordinal);
    }

    private const string Script = """
        $address = ConvertTo-SecureString $args[1] -AsPlainText -Force
        & $args[0] -Title 'Title <1>' -Webhook $address -Format $args[2] -Line $args[3] -Delay 0
        """;

    private static string Path => System.IO.Path.Combine(RunbookMachine.Samples, "notify", "Send-Notice.ps1");

    private static RunResult Send(WebhookServer webhook, string format, string[] lines, bool failed = false, string options = "")
    {
        using ModuleSession session = new();
        return session.Run($"{Script} {(failed ? "-Failed" : "")} {options}", Path, webhook.Address, format, lines);
    }
}
