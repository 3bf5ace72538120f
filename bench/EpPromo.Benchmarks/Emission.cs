using BenchmarkDotNet.Attributes;
using EpPromo.PowerShell.Pipeline;

namespace EpPromo.Benchmarks;

/// <summary>Passes objects from the thread pool to the thread that emits them, as a cmdlet does, without the engine.</summary>
public class Emission
{
    private const int Objects = 100_000;
    private const int QueueLength = 1000;

    private readonly object _object = new();

    /// <summary>Passes all objects.</summary>
    [Benchmark(OperationsPerInvoke = Objects)]
    public int Pass()
    {
        BoundedQueue<object> queue = new(QueueLength, weigh: _ => 1);
        Task adding = Task.Run(async () =>
        {
            for (int number = 0; number < Objects; number++)
            {
                await queue.AddAsync(_object, CancellationToken.None);
            }
        });
        Queue<object> taken = new();
        int count = 0;
        while (count < Objects && queue.TryTakeAll(Timeout.InfiniteTimeSpan, ref taken, CancellationToken.None))
        {
            count += taken.Count;
            taken.Clear();
        }

        adding.GetAwaiter().GetResult();
        return count;
    }
}
