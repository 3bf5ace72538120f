using System.Diagnostics;
using System.Management.Automation;

namespace EpPromo.ModuleTests.Engine;

/// <summary>Asserts that Ctrl+C stops a running pipeline without an error.</summary>
internal static class StopAssert
{
    /// <summary>The limit that docs/guarantees.md states. It holds on a busy machine too: only the stop itself is measured.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(250);

    /// <summary>Starts a pipeline, stops it as soon as <paramref name="started"/> returns true, and asserts that it stops within the limit.</summary>
    public static async Task StopsInTimeAsync(PowerShell shell, Func<bool> started)
    {
        TimeSpan elapsed = await StopsAsync(shell, started);
        Assert.True(elapsed < s_limit, $"It took {elapsed.TotalMilliseconds:0} ms to stop.");
    }

    /// <summary>Does the same without the limit, for a pipeline that cleans up in the store first. Returns how long the stop took.</summary>
    public static async Task<TimeSpan> StopsAsync(PowerShell shell, Func<bool> started)
    {
        using (shell)
        {
            IAsyncResult running = shell.BeginInvoke();
            while (!started())
            {
                // Errors are read only after the pipeline has completed: enumerating them earlier would block.
                Assert.True(!running.IsCompleted, running.IsCompleted ? string.Join("; ", shell.Streams.Error.Select(error => error.ToString())) : null);
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            Stopwatch watch = Stopwatch.StartNew();
            await Task.Factory.FromAsync(shell.BeginStop(null, null), shell.EndStop);
            TimeSpan elapsed = watch.Elapsed;
            Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
            Assert.Empty(shell.Streams.Error);
            return elapsed;
        }
    }
}
