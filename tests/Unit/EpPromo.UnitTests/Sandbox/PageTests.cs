using System.Net;
using System.Text.RegularExpressions;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>The page of the sandbox: its files, and that it is no part of the API. <see cref="PageDataTests"/> is about what it shows.</summary>
public sealed partial class PageTests
{
    [Fact]
    public async Task The_page_and_all_files_that_it_names_are_served()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        Dictionary<string, SandboxResponse> files = await LoadAllAsync(sandbox);

        Assert.All(files, file => Assert.Equal((file.Key, HttpStatusCode.OK), (file.Key, file.Value.Status)));
        Assert.Equal("text/html", files["/"].MediaType);
        Assert.Equal("text/javascript", files["/_sandbox/page/main.js"].MediaType);
        Assert.Equal("text/css", files["/_sandbox/page/layout.css"].MediaType);
        Assert.Equal("image/svg+xml", files["/_sandbox/page/icon.svg"].MediaType);
    }

    [Fact]
    public async Task Nothing_comes_from_other_hosts_or_goes_there()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        Dictionary<string, SandboxResponse> files = await LoadAllAsync(sandbox);

        Assert.All(files.Values, file =>
        {
            string policy = Assert.Single(file.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
            Assert.All(
                policy.Split("; ").SelectMany(directive => directive.Split(' ')[1..]), source => Assert.True(source is "'self'" or "'none'", source));
            Assert.DoesNotContain("//", WithoutComments().Replace(file.Text, "").Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task No_script_parses_text_as_HTML_or_as_a_script()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        Dictionary<string, SandboxResponse> files = await LoadAllAsync(sandbox);

        Assert.All(files.Values, file => Assert.DoesNotMatch(
            @"innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\b|new Function|javascript:",
            file.Text));
        Assert.DoesNotMatch(@"<script>|\son\w+=|\sstyle=", files["/"].Text);
    }

    [Fact]
    public async Task It_needs_no_token_and_is_no_part_of_the_API()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(options => options with { RequestsPerSecond = 1 });
        sandbox.Server.Faults.Add("action=status status=503");
        sandbox.UseToken(null);
        int recorded = sandbox.Server.Requests.Count;

        Assert.Equal(HttpStatusCode.OK, (await sandbox.GetAsync("")).Status);
        Assert.Equal(HttpStatusCode.OK, (await sandbox.GetAsync("_sandbox/page/snapshot")).Status);
        Assert.Equal(recorded, sandbox.Server.Requests.Count);
        Assert.Equal(0, Assert.Single(sandbox.Server.Faults.All).Matched);
    }

    [Fact]
    public async Task Other_paths_and_methods_are_errors()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();

        (await sandbox.GetAsync("_sandbox/page/nothing.js")).AssertError(404, "Not Found", "Route not found");
        (await sandbox.GetAsync("_sandbox/page/../main.js")).AssertError(404, "Not Found", "Route not found");
        (await sandbox.GetAsync("_sandbox/main.js")).AssertError(404, "Not Found", "Route not found");
        (await sandbox.GetAsync("_sandbox")).AssertError(404, "Not Found", "Route not found");
        (await sandbox.PostAsync("", "{}")).AssertError(405, "Method Not Allowed");
        (await sandbox.PostAsync("_sandbox/page/changes", "{}")).AssertError(405, "Method Not Allowed");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8420")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2:8420")]
    [InlineData("[::1]:8420")]
    public async Task It_can_be_reached_by_every_name_of_this_machine(string host)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await SendToHostAsync(sandbox, HttpMethod.Get, "", host)).Status);
    }

    // Otherwise the page of another site could read and change everything, by a host name that resolves to a loopback address.
    [Theory]
    [InlineData("attacker.example")]
    [InlineData("localhost.attacker.example:8420")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("192.0.2.1:8420")]
    public async Task It_cannot_be_reached_by_other_host_names(string host)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (HttpMethod Method, string Path)[] requests =
        [
            (HttpMethod.Get, ""), (HttpMethod.Get, "_sandbox/page/snapshot"), (HttpMethod.Get, "_sandbox/faults"),
            (HttpMethod.Post, "_sandbox/faults"), (HttpMethod.Post, "_sandbox/jobs"), (HttpMethod.Post, "_sandbox/usages"),
        ];
        foreach ((HttpMethod method, string path) in requests)
        {
            (await SendToHostAsync(sandbox, method, path, host)).AssertError(
                421, "Misdirected Request", "The host must be localhost or a loopback address such as 127.0.0.1");
        }

        Assert.Equal(HttpStatusCode.OK, (await SendToHostAsync(sandbox, HttpMethod.Get, "v2/rule-promotions", host)).Status);
    }

    private static Task<SandboxResponse> SendToHostAsync(SandboxUnderTest sandbox, HttpMethod method, string path, string host)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Host = host;
        return sandbox.SendAsync(request);
    }

    // The page, its files, and the modules that these import.
    private static async Task<Dictionary<string, SandboxResponse>> LoadAllAsync(SandboxUnderTest sandbox)
    {
        var files = new Dictionary<string, SandboxResponse>();
        var toLoad = new Queue<string>(["/"]);
        while (toLoad.TryDequeue(out string? path))
        {
            if (!files.ContainsKey(path))
            {
                SandboxResponse file = files[path] = await sandbox.GetAsync(path);
                IEnumerable<string> named = Link().Matches(file.Text).Select(link => link.Groups[1].Value);
                IEnumerable<string> imported = Import().Matches(file.Text).Select(import => "/_sandbox/page/" + import.Groups[1].Value);
                named.Concat(imported).ToList().ForEach(toLoad.Enqueue);
            }
        }

        return files;
    }

    [GeneratedRegex("(?:href|src)=\"(/[^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"from '\./([^']+)'")]
    private static partial Regex Import();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex WithoutComments();
}
