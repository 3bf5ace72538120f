using System.Net;
using System.Net.NetworkInformation;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>What the server does whatever the resource: unknown routes, addresses and ports, and its clock (contract section 4).</summary>
public sealed class ServerTests
{
    private const string Promotions = "v2/rule-promotions";

    [Fact]
    public async Task Unknown_routes_and_ids_get_404_with_a_JSON_error()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        (await sandbox.GetAsync("v2/nothing")).AssertError(404, "Not Found", "Route not found");
        (await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(Guid.NewGuid().ToString())}")).AssertError(404, "Not Found", "Promotion not found");
        (await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(promotion)}/{Guid.NewGuid()}")).AssertError(404, "Not Found", "Route not found");
        (await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/x/cancel", null)).AssertError(404, "Not Found", "Job not found");
        (await sandbox.SendAsync(HttpMethod.Patch, Promotions, "{}")).AssertError(405, "Method Not Allowed");
    }

    [Fact]
    public async Task By_default_it_listens_on_loopback_only()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        int[] ports = [sandbox.Server.BaseUri.Port, sandbox.Server.FilesUri.Port];

        // Ask the operating system, not the sandbox itself.
        IPEndPoint[] listening =
            [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(socket => ports.Contains(socket.Port))];

        Assert.Equal(ports.Order(), listening.Select(socket => socket.Port).Order());
        Assert.All(listening, socket => Assert.Equal(IPAddress.Loopback, socket.Address));
    }

    [Fact]
    public async Task A_port_in_use_is_a_clear_error()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();

        PortInUseException failure = await Assert.ThrowsAsync<PortInUseException>(() => SandboxServer.StartAsync(
            new SandboxOptions { Port = sandbox.Server.BaseUri.Port }, TestContext.Current.CancellationToken));
        Assert.Equal(sandbox.Server.BaseUri.Port, failure.Port);
    }

    [Fact]
    public async Task The_Date_header_and_the_timestamps_use_the_servers_clock()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { ClockSkew = TimeSpan.FromHours(-2) });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxResponse created = await sandbox.GenerateAsync(promotion);

        Assert.Equal(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero), created.Headers.Date);
        Assert.StartsWith("2026-01-31T10:00:00.", (string?)created["data", "meta", "timestamps", "created_at"], StringComparison.Ordinal);
    }
}
