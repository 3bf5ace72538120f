namespace EpPromo.UnitTests.Simulation;

/// <summary>Takes the last news of a run for older than it is, and so a run that seems to be complete too early for finished.</summary>
/// <param name="ahead">How much older.</param>
internal sealed class FastServerClockMutant(TimeSpan ahead) : RunnerSetup
{
    public override IFakeApi ForRunner(IFakeApi api) => new LaterStore(api, ahead);

    private sealed class LaterStore(IFakeApi store, TimeSpan ahead) : DelegatingApi(store)
    {
        public override DateTimeOffset ServerTime => base.ServerTime + ahead;
    }
}
