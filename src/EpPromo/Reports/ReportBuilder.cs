using EpPromo.Api;
using EpPromo.Runs.Finding;
using EpPromo.Text;

namespace EpPromo.Reports;

/// <summary>Collects what a report is about, and makes it. Not thread-safe.</summary>
internal sealed class ReportBuilder
{
    private readonly Dictionary<(string? Store, PromotionKind Kind, string PromotionId), ReportSource> _sources = [];

    /// <summary>What is known of a promotion, which is then part of the report.</summary>
    /// <param name="origin">Its store and kind, or null.</param>
    /// <param name="promotionId">Its id.</param>
    /// <param name="promotionName">Its name, empty if it is not known.</param>
    public ReportSource Of(IStoreReference? origin, string promotionId, string promotionName)
    {
        (string?, PromotionKind, string) key = (origin?.Name, origin?.Kind ?? PromotionKind.Rule, promotionId);
        if (!_sources.TryGetValue(key, out ReportSource? source))
        {
            _sources[key] = source = new ReportSource(origin, promotionId);
        }

        source.Name(promotionName);
        return source;
    }

    /// <summary>The report.</summary>
    /// <param name="title">The heading, or null for a heading that names the run, if there is only one.</param>
    /// <param name="moduleVersion">The version of the module.</param>
    /// <param name="now">The time.</param>
    public Report Build(string? title, string moduleVersion, DateTimeOffset now)
    {
        List<(ReportSource Source, IReadOnlyList<CodeRun> Parts)> sources = [.. _sources.Values.Select(source => (source, source.FindParts()))];
        List<ReportPromotion> promotions =
        [
            .. sources.Select(one => one.Source.ToPromotion(one.Parts))
                .OrderBy(promotion => promotion.Label, StringComparer.OrdinalIgnoreCase)
                .ThenBy(promotion => promotion.PromotionId, StringComparer.Ordinal),
        ];
        List<ReportRun> runs = [.. RunFinder.Combine(sources.SelectMany(one => one.Parts)).Select(ReportRun.Of)];
        IReadOnlyList<ReportProblem> problems = ProblemFinder.Group(sources.SelectMany(one => ProblemFinder.Find(one.Source, one.Parts)));
        return new Report
        {
            Title = title ?? (runs.Count == 1 ? MessageText.Of(SR.ReportOfRun, runs[0].Name) : SR.ReportOfCodes),
            CreatedAt = now.ToUniversalTime(),
            ModuleVersion = moduleVersion,
            Totals = ReportTotals.Of(promotions, runs, problems),
            Problems = problems,
            Runs = runs,
            Promotions = promotions,
        };
    }
}
