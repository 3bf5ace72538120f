namespace EpPromo.Runs;

/// <summary>What a run was requested to generate on one promotion, as far as its jobs reveal it. The store keeps no other record of it.</summary>
internal sealed class InferredRequest
{
    private readonly IReadOnlyList<RunBatch> _evidence;

    /// <summary>What <paramref name="batches"/> reveal: all that the list shows of one run, at least one.</summary>
    public InferredRequest(IReadOnlyList<RunBatch> batches)
    {
        // If all have failed, what they were to generate is the best that is known.
        List<RunBatch> evidence = [.. batches.Where(batch => batch.IsEvidence)];
        _evidence = evidence.Count > 0 ? evidence : batches;
        Planned = SingleOrNull(batch => batch.Name.Planned);

        // When the first batch was created, everything was missing. So its size is the whole count, or that of a full batch.
        int? first = SingleOrNull(batch => batch.Name.Number == 1 ? batch.Job.NumberOfCodes : null);
        BatchSize = Planned > 1 ? first : null;
        CountRange certain = CountRange.Of(batches, BatchSize, DateTimeOffset.MaxValue, batch => batch.IsEvidence).And(PlannedRange(first));

        // A batch that generated nothing was perhaps for another count, and is ignored if it contradicts the others. But if it does not, it
        // may be the only one that was smaller than a full batch, and so shows the count of a run that could not end.
        CountRange probable = certain.And(CountRange.Of(batches, BatchSize, DateTimeOffset.MaxValue, batch => batch.Name.Planned == Planned));
        Count = probable.Min <= probable.Max ? probable : certain;
        IsConsistent = Count.Min <= Count.Max;
    }

    /// <summary>How many batches the run takes if none fails; null if the jobs do not agree.</summary>
    public int? Planned { get; }

    /// <summary>The size of a full batch; null if there is only one, or if the jobs do not show it.</summary>
    public int? BatchSize { get; }

    /// <summary>How many codes were requested. Without an upper limit, <see cref="CountRange.Max"/> is the largest number.</summary>
    public CountRange Count { get; }

    /// <summary>Whether one request can have created all of the jobs. If not, they say nothing about the count.</summary>
    public bool IsConsistent { get; }

    /// <summary>How many codes were requested, or null if that is not known.</summary>
    public int? ExactCount => IsConsistent && Count.Min == Count.Max ? Count.Min : null;

    /// <summary>The largest number of codes that can have been requested, or null if that is not known.</summary>
    public int? MaxCount => IsConsistent && Count.Max < int.MaxValue - 1 ? Count.Max : null;

    /// <summary>A job that shows the parameters of the run.</summary>
    public PromotionJob Parameters =>
        (_evidence.FirstOrDefault(batch => batch.Job.NumberOfCodes is not null) ?? _evidence[0]).Job;

    /// <summary>
    /// Whether codes are missing, or may be. If the jobs do not show the count, it is assumed that none are when as many batches as were
    /// planned have generated codes.
    /// </summary>
    /// <param name="generated">How many codes the run has.</param>
    public bool MayMiss(int generated) => MaxCount is { } max
        ? generated < max
        : _evidence.Where(batch => batch.CountedCodes > 0).Select(batch => batch.Name.Number).Distinct().Count() < (Planned ?? int.MaxValue);

    /// <summary>What the names of the jobs say: the number of planned batches.</summary>
    private CountRange PlannedRange(int? first) => (Planned, first) switch
    {
        (1, { } count) => new CountRange(count, count),
        (> 1, { } size) => new CountRange(Product(Planned.Value - 1, size) + 1, Product(Planned.Value, size)),
        _ => new CountRange(0, int.MaxValue),
    };

    /// <summary>A store can report any size, so the product may be too large.</summary>
    private static int Product(int batches, int size) => (int)Math.Min(int.MaxValue - 1, (long)batches * size);

    /// <summary>The value that all batches with one have; null if none has one, or they do not agree.</summary>
    private int? SingleOrNull(Func<RunBatch, int?> valueOf)
    {
        int[] values = [.. _evidence.Select(valueOf).OfType<int>().Distinct()];
        return values.Length == 1 ? values[0] : null;
    }
}
