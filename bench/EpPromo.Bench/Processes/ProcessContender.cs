using System.Diagnostics;
using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Processes;

/// <summary>
/// A program that does its work once for each line of input. It prints "ready" and its process id at first, and the seconds that it took, or
/// another number of seconds, after each execution. Rows/Contender.psm1 and js-sdk/contender.mjs are its other side.
/// </summary>
internal sealed class ProcessContender : IContender, IAsyncDisposable
{
    private static readonly TimeSpan s_memoryInterval = TimeSpan.FromMilliseconds(20);
    private readonly ChildProcess _child;
    private readonly Process _process;
    private readonly long _idleMemory;

    private ProcessContender(ChildProcess child, Process process)
    {
        _child = child;
        _process = process;
        _idleMemory = Memory();
    }

    /// <summary>Starts the program and waits until it is ready.</summary>
    public static async Task<ProcessContender> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        ChildProcess child = ChildProcess.Start(start);
        string[] ready = (await ReadAsync(child)).Split(' ');
        return new ProcessContender(child, Process.GetProcessById(int.Parse(ready[1], CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc/>
    public async Task<Lap> RunAsync()
    {
        await _child.WriteLineAsync("run");
        Task<string> line = ReadAsync(_child);
        long peak = Memory();
        while (await Task.WhenAny(line, Task.Delay(s_memoryInterval)) != line)
        {
            peak = Math.Max(peak, Memory());
        }

        return double.TryParse(await line, CultureInfo.InvariantCulture, out double seconds)
            ? new Lap(seconds, peak, peak - _idleMemory)
            : throw new InvalidOperationException(await line);
    }

    public ValueTask DisposeAsync()
    {
        _child.Kill(entireProcessTree: true);
        _child.Dispose();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string> ReadAsync(ChildProcess child) =>
        await child.ReadLineAsync(CancellationToken.None)
            ?? throw new InvalidOperationException((await child.WaitAsync(CancellationToken.None)).Text);

    private long Memory()
    {
        _process.Refresh();
        return _process.HasExited ? 0 : _process.WorkingSet64;
    }
}
