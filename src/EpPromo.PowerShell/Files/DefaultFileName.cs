using System.Globalization;
using System.Text.RegularExpressions;
using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// The name of a file in a folder: <c>Summer Sale_bf26.csv</c>. It depends on nothing but what the file contains, so the next export of the
/// same codes replaces the file, and those of other codes do not.
/// </summary>
internal static class DefaultFileName
{
    /// <summary>What stands for the run or job if a file has all codes of a promotion.</summary>
    private const string WholePromotion = "codes";

    /// <summary>What distinguishes promotions of Promotions Standard from rule promotions, which can have the same names.</summary>
    private const string StandardSuffix = " (Standard)";

    /// <summary>The promotion and the run or job, with parts of ids and an extension, fit into the 255 bytes of a file name.</summary>
    private const int MaxPartBytes = 100;

    /// <summary>How much of an id distinguishes things of the same name.</summary>
    private const int IdLength = 8;

    /// <summary>The file name of <paramref name="target"/>, with an extension.</summary>
    public static string Of(OutputTarget target) => $"{PromotionOf(target)}_{DetailOf(target)}.csv";

    /// <summary>
    /// A name that had to be shortened may equal another one that was shortened, and the name of a rule promotion may look like that of one of
    /// the other kind.
    /// </summary>
    private static string PromotionOf(OutputTarget target)
    {
        string name = SafeFileName.Of(target.PromotionName, target.PromotionId, MaxPartBytes);
        bool isStandard = target.Kind == PromotionKind.Standard;
        bool isUnique = target.IsNameUnique && name == SafeFileName.Of(target.PromotionName, target.PromotionId)
            && (isStandard || !LooksStandard(name));
        return target.PromotionName.Length == 0 ? name
            : name + (isStandard ? StandardSuffix : "") + (isUnique ? "" : $"_{Short(target.PromotionId)}");
    }

    /// <summary>Whether a name has the suffix at its end, or before an underscore, after which a run or job could follow.</summary>
    private static bool LooksStandard(string name) =>
        Regex.IsMatch(name, Regex.Escape(StandardSuffix) + @"(_|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static string DetailOf(OutputTarget target) =>
        target.JobId is { } jobId ? OfJob(jobId, target.JobName)
        : target.Run is { } run ? OfRun(run)
        : WholePromotion;

    /// <summary>Several jobs can have the same name, unless it was generated.</summary>
    private static string OfJob(string jobId, string? name) =>
        string.IsNullOrEmpty(name) ? SafeFileName.Of(jobId, "", MaxPartBytes)
        : GeneratedName.IsGenerated(name!) ? name!
        : $"{SafeFileName.Of(name!, "", MaxPartBytes)}_{Short(jobId)}";

    /// <summary>
    /// A run's name is unique on its promotion. If it had to be changed, for example shortened, or means the whole promotion here, a hash
    /// distinguishes it.
    /// </summary>
    private static string OfRun(string run)
    {
        string name = NormalizedText.Of(run);
        string safe = SafeFileName.Of(name, "", MaxPartBytes);
        return safe == name && !name.Equals(WholePromotion, StringComparison.OrdinalIgnoreCase) ? safe : $"{safe}_{Hash(name)}";
    }

    private static string Short(string id) => SafeFileName.Of(id.Substring(0, Math.Min(id.Length, IdLength)), "");

    /// <summary>The same for upper and lower case, as the names of runs are.</summary>
    private static string Hash(string name) => StableHash.Of(name.ToUpperInvariant()).ToString("x8", CultureInfo.InvariantCulture);
}
