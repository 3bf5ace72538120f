using System.Globalization;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Pipeline;

/// <summary>Backpressure: many objects wait for room in the output queue while a downstream command handles the first one.</summary>
public sealed class BackpressureTests : IDisposable
{
    /// <summary>The number of objects; more than the output queue holds.</summary>
    private const int Objects = 1200;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    /// <summary>Runs in a process of its own, because it limits the thread pool: with so few threads, every blocked one shows.</summary>
    [Fact]
    public async Task Waiting_output_blocks_no_thread_of_the_pool()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;

        // The downstream command continues once the pool has run another action, or after the limit if the pool is blocked.
        IReadOnlyList<string> lines;
        using (ChildProcess process = SandboxScript.Start(
            sandbox,
            _folder,
            """
            $manifest, $id, $objects = $args
            Import-Module $manifest
            Connect-EpStore -MaxRequestsPerSecond 10000
            $job = New-EpPromotionJob -Promotion $id -NumberOfCodes 1 | Wait-EpPromotionJob
            $null = [Threading.ThreadPool]::SetMinThreads(2, 2)
            $null = [Threading.ThreadPool]::SetMaxThreads(8, 8)
            $collect = [GC].GetMethod('Collect', [type[]]@()).CreateDelegate([action])
            $first = $true
            Wait-EpPromotionJob -Job (,$job * $objects) | ForEach-Object {
                if ($first) {
                    $first = $false
                    "free: $([Threading.Tasks.Task]::Run($collect).Wait(20000))"
                }
                $_.PromotionId
            }
            """,
            RepositoryFolder.Manifest, id, Objects.ToString(CultureInfo.InvariantCulture)))
        {
            lines = await process.WaitForSuccessAsync();
        }

        Assert.Equal("free: True", lines[0]);
        Assert.Equal(Objects, lines.Count(line => line == id));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
