using System.Diagnostics;
using System.Management.Automation;

namespace EpPromo.ModuleTests;

/// <summary>Ctrl+C ends whatever runs, within 250 ms and without an error.</summary>
internal static class StopPromise
{
    /// <summary>What is promised; a busy machine is no excuse, since nothing here is measured but the stop itself.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    /// <summary>Starts a pipeline, stops it once <paramref name="started"/> says so, and checks how it ended.</summary>
    public static async Task AssertKeptAsync(PowerShell shell, Func<bool> started)
    {
        TimeSpan took = await StopAsync(shell, started);
        Assert.True(took < Limit, $"It took {took.TotalMilliseconds:0} ms to stop.");
    }

    /// <summary>The same for a pipeline that has something to clean up in the store first, and may take longer. Returns how long it took.</summary>
    public static async Task<TimeSpan> StopAsync(PowerShell shell, Func<bool> started)
    {
        using (shell)
        {
            IAsyncResult running = shell.BeginInvoke();
            while (!started())
            {
                // The errors are read once the pipeline is over: before that, reading them waits for more.
                Assert.True(!running.IsCompleted, running.IsCompleted ? string.Join("; ", shell.Streams.Error.Select(error => error.ToString())) : null);
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            Stopwatch watch = Stopwatch.StartNew();
            await Task.Factory.FromAsync(shell.BeginStop(null, null), shell.EndStop);
            TimeSpan took = watch.Elapsed;
            Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
            Assert.Empty(shell.Streams.Error);
            return took;
        }
    }
}
