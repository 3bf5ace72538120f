namespace EpPromo.UnitTests.Simulation;

/// <summary>All calls of a scenario, in the order in which they started.</summary>
internal sealed class CallLog
{
    private readonly List<Call> _calls = [];

    public int NextNumber => _calls.Count + 1;

    public void Add(Call call) => _calls.Add(call);

    public IEnumerable<T> OfType<T>()
        where T : Call => _calls.OfType<T>();
}
