namespace EpPromo.ModuleTests.Faults;

/// <summary>The failures of seeded tests.</summary>
public sealed class SeededTestTests
{
    [Fact]
    public async Task A_failure_names_its_seed_and_how_to_repeat_it()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SeededTest.RunAsync(77, "THE_SEED=77", () => throw new IOException("a mistake")));

        Assert.StartsWith("Seed 77: a mistake", error.Message, StringComparison.Ordinal);
        Assert.Contains("THE_SEED=77", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException);
    }

    [Fact]
    public async Task Cancellation_is_not_a_failure() => await Assert.ThrowsAsync<OperationCanceledException>(
        () => SeededTest.RunAsync(77, "", () => throw new OperationCanceledException()));
}
