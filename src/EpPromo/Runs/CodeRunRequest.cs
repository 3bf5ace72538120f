using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>What a run shall do on one promotion: so many codes, in as many jobs as it takes.</summary>
internal sealed record CodeRunRequest
{
    /// <summary>
    /// The most batches of a run. A list of jobs can be read to <see cref="Paging.MaxOffset"/>, and what is past that a run cannot find
    /// again: half of it is left for batches that are made once more, and for the promotion's other jobs.
    /// </summary>
    public const int MaxBatches = Paging.MaxOffset / 2;

    /// <summary>Far more than people type, and with the generated characters still less than a filter can hold, each of them escaped.</summary>
    public const int MaxPrefixLength = 100;

    /// <summary>The promotion.</summary>
    public required string PromotionId { get; init; }

    /// <summary>How many codes the promotion shall get from this run.</summary>
    public required int Count { get; init; }

    /// <summary>The run's name: the beginning of its jobs' names, by which a run is found again.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the name was generated just now, so that nobody else can have made jobs of this run.</summary>
    public bool IsNameGenerated { get; init; }

    /// <summary>The text that each code begins with, or null.</summary>
    public string? CodePrefix { get; init; }

    /// <summary>The number of generated characters, 8 to 16; null for the API's default.</summary>
    public int? CodeLength { get; init; }

    /// <summary>How often each code can be used; null for without limit.</summary>
    public int? MaxUsesPerCode { get; init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit { get; init; }

    /// <summary>The most codes in one job, 1 to 1000.</summary>
    public int BatchSize { get; init; } = NewJob.MaxNumberOfCodes;

    /// <summary>Leave codes that are too many instead of deleting them.</summary>
    public bool KeepSurplus { get; init; }

    /// <summary>How many batches it takes when none fails.</summary>
    public int Batches => (int)(((long)Count + BatchSize - 1) / BatchSize);

    /// <summary>Throws when it could not be carried out, so that nothing has to be sent to find out.</summary>
    /// <exception cref="EpPromoException">A value is outside the limits.</exception>
    public void Validate()
    {
        Identifier.Check(PromotionId);
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

        int longest = NewJob.MaxNameLength - BatchName.SuffixLength;
        if ((InvisibleCharacter.In(Name) ?? NameFault(longest)) is { } fault)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadRunName), fault, longest);
        }

        Batch(1, Math.Min(Count, BatchSize)).Validate();

        // A run finds its codes again, for its file and to delete a surplus, by asking for those after a given one.
        if (CodePrefix?.Length > MaxPrefixLength)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadRunPrefix), MaxPrefixLength);
        }
    }

    private string? NameFault(int longest) =>
        Name.Trim().Length == 0 ? SR.DetailOnlyWhiteSpace
        : Name.Trim() != Name ? SR.DetailSurroundingWhiteSpace
        : Name.Length > longest ? CountText.Of(Name.Length, "character")
        : null;

    /// <summary>The job for one batch.</summary>
    internal NewJob Batch(int number, int numberOfCodes) => new()
    {
        JobType = JobTypes.Generate,
        Name = new BatchName(Name, number, Batches).ToString(),
        NumberOfCodes = numberOfCodes,
        CodePrefix = CodePrefix,
        CodeLength = CodeLength,
        MaxUsesPerCode = MaxUsesPerCode,
        ConsumeUnit = ConsumeUnit,
    };
}
