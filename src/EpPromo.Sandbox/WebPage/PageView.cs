using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.WebPage;

/// <summary>What part of the store a viewer of the page wants to see.</summary>
/// <param name="Search">The text that the names or ids of promotions contain; empty for all.</param>
/// <param name="Promotion">The id of the only promotion whose jobs and runs are shown; empty for all.</param>
/// <param name="Rows">How many promotions are shown at most.</param>
internal sealed record PageView(string Search, string Promotion, int Rows)
{
    public const int DefaultRows = 25;
    public const int MaxRows = 500;

    /// <summary>Reads the query of a request. A number of rows that is out of range is limited.</summary>
    public static PageView Of(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        bool hasRows = int.TryParse(query["rows"], NumberStyles.None, CultureInfo.InvariantCulture, out int rows);
        return new PageView($"{query["search"]}", $"{query["promotion"]}", hasRows ? Math.Clamp(rows, 1, MaxRows) : DefaultRows);
    }

    public bool Finds(SandboxPromotion promotion) =>
        Search.Length == 0
        || promotion.Name.Contains(Search, StringComparison.OrdinalIgnoreCase)
        || promotion.Id.Contains(Search, StringComparison.OrdinalIgnoreCase);

    public bool ShowsJobsOf(SandboxPromotion promotion) => Promotion.Length == 0 || promotion.Id == Promotion;
}
