using System.Management.Automation;
using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Help;

/// <summary>The module's help covers every exported cmdlet and agrees with it.</summary>
public sealed class HelpTests
{
    private const string EngineParameters = "WhatIf Confirm First Skip IncludeTotalCount";

    public static TheoryData<string> Commands()
    {
        using ModuleSession session = new();
        return [.. session.Run("(Get-Module EpPromo).ExportedCmdlets.Keys").ThrowIfFailed().Output.Select(name => name.ToString())];
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_cmdlet_has_a_synopsis_a_description_and_examples(string command)
    {
        using ModuleSession session = new();
        PSObject help = session.Run("Get-Help $args[0] -Full", command).ThrowIfFailed().Output[0];

        Assert.False(string.IsNullOrWhiteSpace(Text(help, "Synopsis")));
        Assert.DoesNotContain("[<CommonParameters>]", Text(help, "Synopsis"), StringComparison.Ordinal);
        Assert.NotEmpty(Paragraphs(help.Properties["description"]?.Value));
        PSObject[] examples = Items(Child(help, "examples"), "example");
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains("-Ep", Text(example, "code"), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_describes_exactly_the_parameters_of_the_cmdlet(string command)
    {
        using ModuleSession session = new();
        PSObject help = session.Run("Get-Help $args[0] -Full", command).ThrowIfFailed().Output[0];
        CmdletInfo cmdlet = (CmdletInfo)session.Run("Get-Command $args[0]", command).ThrowIfFailed().Output[0].BaseObject;
        string[] own = [.. cmdlet.Parameters.Keys.Where(name => !PSCmdlet.CommonParameters.Contains(name)).Order()];

        PSObject[] described = Items(Child(help, "parameters"), "parameter");

        Assert.Equal(own, described.Select(parameter => Text(parameter, "name")).Order());
        Assert.All(described, parameter =>
        {
            Assert.NotEmpty(Paragraphs(parameter.Properties["description"]?.Value));
            Assert.False(string.IsNullOrWhiteSpace(Text(parameter, "defaultValue")));
        });
        string[][] sets = [.. cmdlet.ParameterSets.Select(set =>
            set.Parameters.Select(parameter => parameter.Name).Where(own.Contains).Order().ToArray())];
        string[][] shown = [.. Items(Child(help, "syntax"), "syntaxItem").Select(item =>
            Items(item, "parameter").Select(parameter => Text(parameter, "name")).Order().ToArray())];
        Assert.Equal(sets.Select(set => string.Join(' ', set)).Order(), shown.Select(set => string.Join(' ', set)).Order());
    }

    /// <summary>Also where they bind to -Promotion, which does not tell that they are reported or exported as runs.</summary>
    [Theory]
    [InlineData("Export-EpPromotionCode")]
    [InlineData("Export-EpPromotionReport")]
    [InlineData("Get-EpPromotionJob")]
    [InlineData("Measure-EpPromotionCode")]
    [InlineData("Receive-EpPromotionJob")]
    public void The_inputs_of_a_cmdlet_that_takes_runs_name_them(string command)
    {
        using ModuleSession session = new();
        PSObject help = session.Run("Get-Help $args[0] -Full", command).ThrowIfFailed().Output[0];

        string[] types = [.. Items(Child(help, "inputTypes"), "inputType").Select(input => Text(Child(input, "type")!, "name"))];

        Assert.Contains(types, type => type.Contains("Run", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_description_of_each_parameter_comes_from_the_module(string command)
    {
        using ModuleSession session = new();
        RunResult parameters = session.Run("Get-Help $args[0] -Parameter *", command).ThrowIfFailed();

        string[] texts = [.. parameters.Output
            .Where(parameter => !EngineParameters.Split(' ').Contains(Text(parameter, "name")))
            .Select(parameter => string.Join(' ', Paragraphs(parameter.Properties["description"]?.Value)))];

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.DoesNotContain("<", text.Replace("<PromotionId>", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("about_EpPromo")]
    [InlineData("about_EpPromo_Runs")]
    [InlineData("about_EpPromo_Runbooks")]
    [InlineData("about_EpPromo_Errors")]
    public void The_about_topic_is_found(string topic)
    {
        using ModuleSession session = new();

        RunResult about = session.Run("Get-Help $args[0]", topic).ThrowIfFailed();

        string text = about.Output.Single().ToString();
        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.Contains(topic, text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    /// <summary>Each id of the page is in the topic; ErrorPageTests compares the page with the ids that there are.</summary>
    [Fact]
    public void The_topic_about_errors_lists_each_id_of_the_page()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "errors.md"));
        IEnumerable<string> ids = Regex.Matches(page, @"(?m)^\| (`\w+`(?:, `\w+`)*) \|").SelectMany(row => row.Groups[1].Value.Replace("`", "", StringComparison.Ordinal).Split(", "));
        using ModuleSession session = new();

        string about = session.Run("Get-Help about_EpPromo_Errors").ThrowIfFailed().Output.Single().ToString();

        Assert.All(ids, id => Assert.Matches($@"\b{id}\b", about));
    }

    /// <summary>The committed help matches docs/help and the cmdlets' comments. If not, run build.ps1 -Task Help.</summary>
    [Fact]
    public void The_help_is_up_to_date()
    {
        string folder = Directory.CreateTempSubdirectory("EpPromo-help-").FullName;
        try
        {
            using ModuleSession session = new();

            session.Run(
                "& $args[0] -Manifest $args[1] -CommentFile $args[2] -Destination $args[3]",
                Path.Combine(RepositoryFolder.Root, "docs", "help", "Build-Help.ps1"), RepositoryFolder.Manifest, CommentFile(), folder).ThrowIfFailed();

            string committed = Path.Combine(RepositoryFolder.Root, "src", "EpPromo.PowerShell", "en-US");
            string[] files = [.. Directory.GetFiles(committed).Select(file => Path.GetFileName(file)!).Order()];
            Assert.Equal(files, Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order());
            Assert.All(files, file => Assert.Equal(
                File.ReadAllText(Path.Combine(committed, file)), File.ReadAllText(Path.Combine(folder, file)), ignoreLineEndingDifferences: true));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The documentation comments of the cmdlets in out/EpPromo: the newest file.</summary>
    private static string CommentFile() => new DirectoryInfo(Path.Combine(RepositoryFolder.Root, "src", "EpPromo.PowerShell", "bin"))
        .GetFiles("EpPromo.PowerShell.xml", SearchOption.AllDirectories)
        .OrderByDescending(file => file.LastWriteTimeUtc)
        .First().FullName;

    private static PSObject? Child(PSObject? parent, string name) => parent?.Properties[name]?.Value as PSObject;

    private static string Text(PSObject parent, string name) => parent.Properties[name]?.Value?.ToString() ?? "";

    /// <summary>The children of a name. The help system returns a single child without an array.</summary>
    private static PSObject[] Items(PSObject? parent, string name) => parent?.Properties[name]?.Value switch
    {
        PSObject { BaseObject: object[] many } => [.. many.Select(PSObject.AsPSObject)],
        object[] many => [.. many.Select(PSObject.AsPSObject)],
        PSObject one => [one],
        _ => [],
    };

    private static string[] Paragraphs(object? description) => description is null ? [] :
        [.. LanguagePrimitives.GetEnumerable(description).Cast<object>()
            .Select(paragraph => PSObject.AsPSObject(paragraph).Properties["Text"]?.Value?.ToString() ?? "")
            .Where(text => !string.IsNullOrWhiteSpace(text))];
}
