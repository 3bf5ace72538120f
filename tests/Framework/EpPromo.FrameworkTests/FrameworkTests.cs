using System.Net;
using System.Net.Sockets;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.FrameworkTests;

/// <summary>The client of the module, as it is laid out, on .NET Framework or Mono against the sandbox.</summary>
public sealed class FrameworkTests
{
    private const string Secret = "sandbox-secret";

    [Fact]
    public async Task Codes_are_generated_waited_for_exported_and_downloaded()
    {
        await using SandboxServer sandbox = await StartSandboxAsync();

        ProcessResult result = await FrameworkClient.RunAsync("codes", sandbox.BaseUri, Secret);

        Assert.Equal((0, "completed: 500 codes", "500 rows"), (result.ExitCode, result.Output[0], result.Output[1]));
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    public async Task A_create_whose_response_is_lost_makes_one_job(string fault)
    {
        await using SandboxServer sandbox = await StartSandboxAsync();
        sandbox.Faults.Add(FaultRule.Parse($"endpoint=job-create action={fault} times=1"));

        ProcessResult result = await FrameworkClient.RunAsync("codes", sandbox.BaseUri, Secret);

        Assert.Equal((0, "completed: 500 codes", "500 rows"), (result.ExitCode, result.Output[0], result.Output[1]));
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_resumed()
    {
        await using SandboxServer sandbox = await StartSandboxAsync();
        sandbox.Faults.Add(FaultRule.Parse("endpoint=download action=truncate times=1"));

        ProcessResult result = await FrameworkClient.RunAsync("codes", sandbox.BaseUri, Secret);

        Assert.Equal((0, "500 rows"), (result.ExitCode, result.Output[1]));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        await using SandboxServer sandbox = await StartSandboxAsync();

        ProcessResult result = await FrameworkClient.RunAsync("verify", sandbox.BaseUri, "wrong");

        Assert.Equal((1, "LoginRefused"), (result.ExitCode, result.Output[0]));
    }

    [Fact]
    public async Task A_host_without_an_address_is_an_error_that_names_the_cause() =>
        await AssertUnreachableAsync(new Uri("https://no-such-host.invalid"), "(Check the spelling of the host name, ");

    [Fact]
    public async Task A_failure_of_TLS_is_an_error_that_names_the_cause()
    {
        await using SandboxServer sandbox = await StartSandboxAsync();

        await AssertUnreachableAsync(new UriBuilder(sandbox.BaseUri) { Scheme = "https" }.Uri, "use an address that starts with http://.)");
    }

    [Fact]
    public async Task A_refused_connection_is_an_error_that_names_the_cause()
    {
        using TcpListener unused = new(IPAddress.Loopback, 0);
        unused.Start();
        int port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();

        await AssertUnreachableAsync(new Uri($"http://127.0.0.1:{port}"), "refused");
    }

    /// <summary>Completing the name of a type lists the types of all assemblies; one of which they cannot be listed breaks it.</summary>
    [Fact]
    public async Task The_types_of_all_loaded_assemblies_of_the_module_can_be_listed()
    {
        await using SandboxServer sandbox = await StartSandboxAsync();

        ProcessResult result = await FrameworkClient.RunAsync("verify", sandbox.BaseUri, Secret);

        Assert.Equal(
            ["EpPromo.FrameworkClient: True", "EpPromo.Http: True", "EpPromo.PowerShell: True", "EpPromo: True"],
            result.Output.Order(StringComparer.Ordinal));
    }

    private static async Task AssertUnreachableAsync(Uri address, string cause)
    {
        ProcessResult result = await FrameworkClient.RunAsync("verify", address, Secret);

        TestContext.Current.SendDiagnosticMessage(result.Output[1]);
        Assert.Equal((1, "StoreUnavailable"), (result.ExitCode, result.Output[0]));
        Assert.StartsWith($"Cannot reach the store at {address.Authority}: ", result.Output[1], StringComparison.Ordinal);
        Assert.Contains(cause, result.Output[1], StringComparison.Ordinal);
    }

    private static async Task<SandboxServer> StartSandboxAsync()
    {
        SandboxOptions options = new() { IncludeSeedData = false, RequestsPerSecond = 0, BaseJobDuration = TimeSpan.FromMilliseconds(20) };
        SandboxServer sandbox = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);
        sandbox.Store.AddPromotion("One");
        return sandbox;
    }
}
