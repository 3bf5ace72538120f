namespace EpPromo.Codes.Changes;

/// <summary>
/// How many codes one request has. How many the API accepts is not published, so the size is halved if a batch was rejected whose halves were
/// both accepted: then nothing was wrong but its size.
/// </summary>
internal sealed class BatchSize
{
    /// <summary>The size to start with.</summary>
    public const int Initial = 200;

    /// <summary>The current size.</summary>
    public int Value { get; private set; } = Initial;

    /// <summary>A batch of this size was too large.</summary>
    public void Reject(int size) => Value = Math.Max(1, Math.Min(Value, size / 2));

    /// <summary>Whether a batch may be sent as one request.</summary>
    public bool Accepts(int size) => size <= Value;
}
