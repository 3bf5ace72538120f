namespace EpPromo.UnitTests.Simulation;

/// <summary>Takes the last change of a run to be older than it is, and so ends a run that seems complete too early.</summary>
/// <param name="ahead">How far its idea of the server's time is ahead.</param>
internal sealed class FastServerClockMutant(TimeSpan ahead) : RunnerSetup
{
    public override IFakeApi ForRunner(IFakeApi api) => new FastClockApi(api, ahead);

    private sealed class FastClockApi(IFakeApi store, TimeSpan ahead) : DelegatingApi(store)
    {
        public override DateTimeOffset ServerTime => base.ServerTime + ahead;
    }
}
