using System.Globalization;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Pipeline;

/// <summary>Output that waits for room: more work than threads waits, while a later command takes its time over the first object.</summary>
public sealed class BackpressureTests : IDisposable
{
    /// <summary>What waits to be emitted while the later command is at work: more than the queue holds.</summary>
    private const int Objects = 1200;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    /// <summary>In a process of its own, since the pool is the whole process's; with so few threads that each one held would show.</summary>
    [Fact]
    public async Task No_thread_of_the_pool_is_held_meanwhile()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;

        // The later command ends when the pool has had a turn for something else; the limit is there so that it ends without one, too.
        IReadOnlyList<string> lines;
        using (ChildProcess process = SandboxScript.Start(
            sandbox,
            _folder,
            """
            $manifest, $id, $objects = $args
            Import-Module $manifest
            Connect-EpStore -MaxRequestsPerSecond 10000
            $job = New-EpPromotionJob $id -NumberOfCodes 1 | Wait-EpPromotionJob
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
