using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Codes.Exports;

/// <summary>Codes that certain jobs of a promotion have generated: which jobs, and how many codes.</summary>
internal abstract class OwnCodes
{
    /// <summary>The codes of <paramref name="jobs"/>, which have completed.</summary>
    protected OwnCodes(string promotionId, string? codePrefix, int? codeLength, IReadOnlyList<PromotionJob> jobs)
    {
        PromotionId = promotionId;
        CodePrefix = codePrefix;
        CodeLength = codeLength;
        Jobs = jobs;
    }

    /// <summary>The promotion.</summary>
    public string PromotionId { get; }

    /// <summary>The prefix of all the codes, or null.</summary>
    public string? CodePrefix { get; }

    /// <summary>The number of generated characters; null for the API's default.</summary>
    public int? CodeLength { get; }

    /// <summary>The jobs whose codes they are.</summary>
    public IReadOnlyList<PromotionJob> Jobs { get; }

    /// <summary>Other jobs of the promotion that are known, of any type.</summary>
    public virtual IReadOnlyList<PromotionJob> OtherJobs => [];

    /// <summary>The run whose codes they are, or null.</summary>
    public abstract string? Run { get; }

    /// <summary>How many codes there are; null if the store reports that neither as generated nor as requested.</summary>
    public abstract int? Count { get; }

    /// <summary>Whether the store reports <see cref="Count"/> as the number of codes that were generated.</summary>
    public abstract bool IsCountReported { get; }

    /// <summary>Whose codes they are, as the subject of a message.</summary>
    protected abstract string Subject { get; }

    /// <summary>How long lists may lag behind what has happened to these codes.</summary>
    /// <param name="now">The server's time.</param>
    /// <param name="window">How long any list may lag.</param>
    public abstract TimeSpan LagAt(DateTimeOffset now, TimeSpan window);

    /// <summary>The error that the store shows only <paramref name="found"/> of the codes.</summary>
    public abstract EpPromoException Incomplete(int found);

    /// <summary>
    /// What the user should know if <paramref name="found"/> codes were found, and these may not be the right ones; null if their number is
    /// right.
    /// </summary>
    public abstract string? FindWarning(int found);

    /// <summary>
    /// Throws if the jobs report another number of codes than were found. Those that report none have not generated more than was requested.
    /// </summary>
    public void ThrowIfWrong(int found)
    {
        if (found > Count)
        {
            throw new EpPromoException(ErrorKind.Uncertain, nameof(SR.CodesUnclear), Subject, PromotionId, Count, found);
        }

        if (IsCountReported && found != Count)
        {
            throw Incomplete(found);
        }
    }

    /// <summary>
    /// Whether a code has the form of a generated one, so that these jobs can have generated it (<see cref="GeneratedCodeFormat"/>).
    /// </summary>
    public bool HasForm(PromotionCode code) => GeneratedCodeFormat.Matches(code.Code, CodePrefix, CodeLength);

    /// <summary>
    /// Whether another job could have generated codes that look like these: it has left codes, or may still generate some, and one of the
    /// prefixes starts with the other.
    /// </summary>
    public bool MayResemble(PromotionJob other)
    {
        string prefix = Start(CodePrefix);
        string otherPrefix = Start(other.CodePrefix);
        return JobStatuses.Is(other.JobType, JobTypes.Generate)
            && Jobs.All(job => job.JobId != other.JobId)
            && (!other.IsFinished || JobCodeCount.MaxRemaining(other) > 0)
            && (prefix.StartsWith(otherPrefix, StringComparison.OrdinalIgnoreCase) || otherPrefix.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

        static string Start(string? codePrefix) => NormalizedText.Of(codePrefix ?? "").TrimEnd('-');
    }
}
