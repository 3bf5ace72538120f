namespace EpPromo.Http.Reports;

/// <summary>
/// The style sheets and the icon of a report, embedded in the assembly. Those of the first line are also those of the sandbox's page.
/// </summary>
internal static class ReportAssets
{
    private const string Prefix = "Reports/";

    private static readonly string[] s_styles =
    [
        "colors.css", "base.css", "tables.css", "charts.css",
        "page.css", "problems.css", "timeline.css", "promotions.css", "jobs.css", "print.css",
    ];

    /// <summary>All style sheets.</summary>
    public static string Styles => string.Concat(s_styles.Select(Read));

    /// <summary>The icon, as an SVG element.</summary>
    public static string Icon => Read("icon.svg");

    private static string Read(string name)
    {
        using Stream file = typeof(ReportAssets).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"The file '{name}' is not in the assembly.");
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }
}
