using System.Diagnostics;
using EpPromo.PowerShell.Pipeline;

namespace EpPromo.UnitTests.Pipeline;

/// <summary>The output of work is written in order, and as many objects at a time as are ready.</summary>
public class OutputQueueTests
{
    private readonly OutputQueue _queue = new();

    [Fact]
    public async Task Objects_that_follow_one_another_are_one_batch_and_an_action_between_them_keeps_its_place()
    {
        Warm();
        Action error = () => { };
        await AddAsync(new OutputItem(["a", "b"]), new OutputItem(["c"]), new OutputItem(error), new OutputItem(["d"]));

        Assert.Equal(["a", "b", "c"], Take().Objects);
        Assert.Same(error, Take().Action);
        Assert.Equal(["d"], Take().Objects);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public async Task Objects_of_different_inputs_are_different_batches()
    {
        Warm();
        object?[] first = [1], second = [1];
        await AddAsync(
            new OutputItem(["a"]) { Variables = first }, new OutputItem(["b"]) { Variables = first }, new OutputItem(["c"]) { Variables = second });

        OutputBatch batch = Take();
        Assert.Equal(["a", "b"], batch.Objects);
        Assert.Same(first, batch.Variables);
        Assert.Same(second, Take().Variables);
    }

    [Fact]
    public async Task An_object_that_is_alone_is_not_held_back()
    {
        Warm();
        await AddAsync(new OutputItem(["a"]));

        Assert.Equal(["a"], Take().Objects);
    }

    [Fact]
    public async Task A_slow_command_downstream_gets_the_objects_one_by_one()
    {
        Warm();
        await AddAsync(new OutputItem([.. Enumerable.Repeat("a", 1000)]));
        Assert.InRange(Take().Objects.Count, 100, 999);

        _queue.AdaptBatches(Stopwatch.Frequency);

        Assert.Single(Take().Objects);
        Assert.False(_queue.IsEmpty);
    }

    private OutputBatch Take() => _queue.TryTake(TimeSpan.Zero, out OutputBatch batch, CancellationToken.None) ? batch : throw new InvalidOperationException();

    /// <summary>Many batches that were written fast.</summary>
    private void Warm()
    {
        for (int i = 0; i < 20; i++)
        {
            _queue.AdaptBatches(0);
        }
    }

    private async Task AddAsync(params OutputItem[] items)
    {
        foreach (OutputItem item in items)
        {
            await _queue.AddAsync(item, CancellationToken.None);
        }
    }
}
