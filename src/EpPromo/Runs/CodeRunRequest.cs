using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>What a run is to generate on one promotion: a number of codes, in as many jobs as it takes.</summary>
internal sealed record CodeRunRequest
{
    /// <summary>
    /// The maximum number of batches. A list of jobs can be read to <see cref="Paging.MaxOffset"/>, and a run cannot find jobs beyond that.
    /// Half of it is left for batches that have to be repeated, and for the promotion's other jobs.
    /// </summary>
    public const int MaxBatches = Paging.MaxOffset / 2;

    /// <summary>
    /// The maximum length of a prefix: more than people type, and a code with such a prefix still fits into a filter if each of its
    /// characters is escaped.
    /// </summary>
    public const int MaxPrefixLength = 100;

    /// <summary>The promotion.</summary>
    public required string PromotionId { get; init; }

    /// <summary>The promotion's name, empty if it is not known.</summary>
    public string PromotionName { get; init; } = "";

    /// <summary>The store that the promotion is in, and its kind; null while the promotion is not known.</summary>
    public IStoreReference? Origin { get; init; }

    /// <summary>What a person is shown for the promotion: its name, or its id if the name is not known.</summary>
    public string PromotionTitle => DisplayText.Clean(PromotionName.Length > 0 ? PromotionName : PromotionId);

    /// <summary>How many codes the promotion is to have from this run.</summary>
    public required int Count { get; init; }

    /// <summary>The run's name. The names of its jobs start with it, so that the run can be resumed.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the name was generated for this run, so that nobody else can have created jobs of it.</summary>
    public bool IsNameGenerated { get; init; }

    /// <summary>The text that each code starts with, or null.</summary>
    public string? CodePrefix { get; init; }

    /// <summary>The number of generated characters, 8 to 16; null for the API's default.</summary>
    public int? CodeLength { get; init; }

    /// <summary>How often each code can be used; null for no limit.</summary>
    public int? MaxUsesPerCode { get; init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit { get; init; }

    /// <summary>The maximum number of codes in one job, 1 to 1000.</summary>
    public int BatchSize { get; init; } = NewJob.MaxNumberOfCodes;

    /// <summary>Whether surplus codes are kept instead of deleted.</summary>
    public bool KeepSurplus { get; init; }

    /// <summary>How many batches the run takes if none fails.</summary>
    public int Batches => (int)(((long)Count + BatchSize - 1) / BatchSize);

    /// <summary>Throws if the run could not be executed, before anything is sent. The promotion is not checked.</summary>
    /// <exception cref="EpPromoException">A value is outside the limits.</exception>
    public void Validate()
    {
        if (Count < 1)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadCount), Count);
        }

        if (BatchSize is < 1 or > NewJob.MaxNumberOfCodes)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadBatchSize), BatchSize, NewJob.MaxNumberOfCodes);
        }

        if (Batches > MaxBatches)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.TooManyBatches), Batches, MaxBatches);
        }

        int maxLength = NewJob.MaxNameLength - BatchName.SuffixLength;
        if ((InvisibleCharacter.FindFirst(Name) ?? FindNameError(maxLength)) is { } error)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadRunName), error, maxLength);
        }

        Batch(1, Math.Min(Count, BatchSize)).Validate();

        // To export its codes or delete a surplus, a run lists the codes after a given one, with a filter that contains a code.
        if (CodePrefix?.Length > MaxPrefixLength)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadRunPrefix), MaxPrefixLength);
        }
    }

    private string? FindNameError(int maxLength) =>
        Name.Trim().Length == 0 ? SR.DetailOnlyWhiteSpace
        : Name.Trim() != Name ? SR.DetailSurroundingWhiteSpace
        : Name.Length > maxLength ? QuantityText.Of(Name.Length, "character")
        : null;

    /// <summary>The same for another promotion.</summary>
    /// <param name="promotion">The promotion.</param>
    /// <param name="origin">The store that it is in, and its kind.</param>
    public CodeRunRequest For(PromotionIdentity promotion, IStoreReference origin) =>
        this with { PromotionId = promotion.PromotionId, PromotionName = promotion.PromotionName, Origin = origin };

    /// <summary>The job of one batch.</summary>
    /// <param name="number">The number of the batch, from 1.</param>
    /// <param name="numberOfCodes">How many codes are to be generated.</param>
    internal NewJob Batch(int number, int numberOfCodes) => new()
    {
        JobType = JobTypes.Generate,
        Name = new BatchName(Name, number, Batches).ToString(),
        NumberOfCodes = numberOfCodes,
        CodePrefix = CodePrefix,
        CodeLength = CodeLength,
        MaxUsesPerCode = MaxUsesPerCode,
        ConsumeUnit = ConsumeUnit,
        Kind = Origin?.Kind,
    };
}
