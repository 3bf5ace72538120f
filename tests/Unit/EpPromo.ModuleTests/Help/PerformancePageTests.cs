using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Help;

/// <summary>docs/performance.md, the page with the table of the benchmarks.</summary>
public sealed class PerformancePageTests
{
    [Fact]
    public async Task It_has_each_row_of_the_benchmarks_with_its_peer_and_its_target()
    {
        ProcessResult list = await TestProgram.RunAsync(BuildPaths.Bench, TimeSpan.FromMinutes(1), "--list");
        Assert.True(list.ExitCode == 0, list.Text);
        string[] page = await File.ReadAllLinesAsync(Path.Combine(RepositoryFolder.Root, "docs", "performance.md"), TestContext.Current.CancellationToken);

        // name | work | peer | target; the page has our and the peer's measurement, the ratio and its range, too.
        IEnumerable<string[]> rows = TableAt(list.Output, "| name ");
        IEnumerable<string[]> shown = TableAt(page, "| name ").Select(cells => new[] { cells[0], cells[1], cells[3], cells[7] });

        Assert.Equal(rows, shown);
    }

    /// <summary>The cells of the first table whose header starts with <paramref name="header"/>, without the header.</summary>
    private static IEnumerable<string[]> TableAt(IEnumerable<string> lines, string header) => lines
        .SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal))
        .TakeWhile(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
}
