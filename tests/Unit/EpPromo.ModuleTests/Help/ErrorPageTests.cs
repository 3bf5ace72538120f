using System.Text.RegularExpressions;
using System.Xml.Linq;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Help;

/// <summary>docs/errors.md, the page that lists the error ids.</summary>
public sealed partial class ErrorPageTests
{
    private const string Action = "_Action";

    /// <summary>PowerShell's own id; no message of the module belongs to it.</summary>
    private const string OfTheEngine = "ParameterArgumentTransformationError";

    [Fact]
    public void It_lists_each_error_id_once()
    {
        IEnumerable<string> ids = XDocument.Load(Path.Combine(RepositoryFolder.Root, "src", "EpPromo", "SR.resx"))
            .Root!.Elements("data")
            .Select(data => data.Attribute("name")!.Value)
            .Where(name => name.EndsWith(Action, StringComparison.Ordinal))
            .Select(name => name[..^Action.Length])
            .Append(OfTheEngine);

        IEnumerable<string> listed = File.ReadLines(Path.Combine(RepositoryFolder.Root, "docs", "errors.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Id().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value));

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Id();
}
