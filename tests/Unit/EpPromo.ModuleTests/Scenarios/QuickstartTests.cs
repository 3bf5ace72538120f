using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Scenarios;

/// <summary>samples/Quickstart: a program that hosts a complete shell, a sandbox, and the script.</summary>
public sealed partial class QuickstartTests
{
    /// <summary>Files of an earlier run would be counted with those of this one, so each run has a folder of its own.</summary>
    [Fact]
    public async Task It_writes_to_a_new_folder_and_says_where_that_is()
    {
        ProcessResult run = await TestProgram.RunAsync(BuildPaths.Quickstart, TimeSpan.FromMinutes(2), "-NumberOfCodes", "10");

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains("summer-", run.Text, StringComparison.Ordinal);
        string folder = FolderLine().Match(run.Text).Groups[1].Value;
        Assert.Equal([10, 10], Directory.GetFiles(folder).Select(file => File.ReadLines(file).Count() - 1));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Nothing", "Cannot find a promotion named 'Nothing'.")]
    [InlineData("Nothing*", "No promotion is named 'Nothing*'.")]
    public async Task It_exits_with_the_exit_code_of_the_script(string promotion, string printed)
    {
        ProcessResult run = await TestProgram.RunAsync(BuildPaths.Quickstart, TimeSpan.FromMinutes(2), "-Promotion", promotion);

        Assert.True(run.ExitCode == 1, run.Text);
        Assert.Contains(printed, run.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?m)^The files are in (.*[\\/]eppromo-quickstart-\d{8}-\d{6})\r?$")]
    private static partial Regex FolderLine();
}
