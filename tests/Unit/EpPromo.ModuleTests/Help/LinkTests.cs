using EpPromo.ScriptHost;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EpPromo.ModuleTests.Help;

/// <summary>What the pages refer to: each other, the code and the tests.</summary>
public sealed class LinkTests
{
    private static readonly MarkdownPipeline s_markdown =
        new MarkdownPipelineBuilder().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private static readonly string s_tests = Path.Combine(RepositoryFolder.Root, "tests");

    public static TheoryData<string> Pages =>
    [
        .. new[] { ".", "docs", Path.Combine("docs", "help") }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, folder), "*.md"))
            .Select(file => Path.GetRelativePath(RepositoryFolder.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_a_heading_that_exist(string page)
    {
        string file = Path.Combine(RepositoryFolder.Root, page);

        string[] links = [.. Parse(file).Descendants<LinkInline>().Select(link => link.Url!).Where(url => !url.Contains("://", StringComparison.Ordinal))];

        Assert.All(links, url => Assert.True(Exists(file, url), $"{page} links to {url}."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_test_class_that_a_page_names_exists(string page)
    {
        string[] names = [.. Parse(Path.Combine(RepositoryFolder.Root, page)).Descendants<CodeInline>().Select(code => code.Content).Where(IsTestClass)];

        Assert.All(names, name => Assert.NotEmpty(Directory.EnumerateFiles(s_tests, $"{name}.cs", SearchOption.AllDirectories)));
    }

    private static MarkdownDocument Parse(string file) => Markdown.Parse(File.ReadAllText(file), s_markdown);

    private static bool IsTestClass(string code) => code.EndsWith("Tests", StringComparison.Ordinal) && code.All(char.IsLetterOrDigit);

    private static bool Exists(string page, string url)
    {
        string[] parts = url.Split('#');
        string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(target)
            && (parts.Length == 1 || Parse(target).Descendants<HeadingBlock>().Any(heading => heading.GetAttributes().Id == parts[1]));
    }
}
