using System.Text.RegularExpressions;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Help;

/// <summary>docs/help/README.md, the index of the help pages: it has each page once, with the synopsis that the page has.</summary>
public sealed partial class HelpIndexTests
{
    private static readonly string s_folder = Path.Combine(RepositoryFolder.Root, "docs", "help");

    [Fact]
    public void The_index_has_each_page_with_its_synopsis()
    {
        IEnumerable<(string Page, string Synopsis)> pages = Directory.EnumerateFiles(s_folder, "*.md")
            .Where(file => Path.GetFileName(file) != "README.md")
            .Select(file => (Path.GetFileName(file), SynopsisOf(File.ReadAllText(file))));

        IEnumerable<(string Page, string Synopsis)> rows = Row().Matches(File.ReadAllText(Path.Combine(s_folder, "README.md")))
            .Select(row => ($"{row.Groups["name"].Value}.md", row.Groups["synopsis"].Value));

        Assert.Equal(pages.Order(), rows.Order());
    }

    /// <summary>The paragraph below the title or, in a topic, below "Short description".</summary>
    private static string SynopsisOf(string page) => FirstParagraph().Match(page).Groups["text"].Value.ReplaceLineEndings(" ");

    /// <summary>A row whose link is named after its page.</summary>
    [GeneratedRegex(@"^\| \[(?<name>[\w-]+)\]\(\k<name>\.md\) \| (?<synopsis>.+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^# .+\s+(## Short description\s+)?(?<text>.+(\r?\n.+)*)")]
    private static partial Regex FirstParagraph();
}
