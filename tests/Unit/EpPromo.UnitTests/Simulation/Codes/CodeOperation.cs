namespace EpPromo.UnitTests.Simulation;

/// <summary>Codes to add or to remove, in as many calls as it takes.</summary>
/// <param name="IsAdd">Whether they are added.</param>
/// <param name="Codes">Their texts.</param>
/// <param name="SkipExisting">Whether the first call already expects that some exist.</param>
internal sealed record CodeOperation(bool IsAdd, IReadOnlyList<string> Codes, bool SkipExisting)
{
    /// <summary>The calls so far.</summary>
    public List<int> Calls { get; } = [];

    /// <summary>Whether a process was killed meanwhile.</summary>
    public bool WasKilled { get; set; }

    public override string ToString() => $"{(IsAdd ? "add" : "remove")} {string.Join(' ', Codes)}";
}
