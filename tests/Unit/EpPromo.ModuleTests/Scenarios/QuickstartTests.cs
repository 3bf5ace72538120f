using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Scenarios;

/// <summary>samples/Quickstart: a program that hosts a complete shell, a sandbox, and the script.</summary>
public sealed class QuickstartTests
{
    [Theory]
    [InlineData("Summer*", 0, "summer-")]
    [InlineData("Nothing", 1, "Cannot find a promotion named 'Nothing'.")]
    [InlineData("Nothing*", 1, "No promotion is named 'Nothing*'.")]
    public async Task It_exits_with_the_exit_code_of_the_script(string promotion, int exitCode, string printed)
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

        ProcessResult run = await TestProgram.RunAsync(
            BuildPaths.Quickstart,
            TimeSpan.FromMinutes(2),
            "-Promotion", promotion, "-NumberOfCodes", "10", "-Folder", folder);

        Assert.True(run.ExitCode == exitCode, run.Text);
        Assert.Contains(printed, run.Text, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0 ? [10, 10] : [], Directory.GetFiles(folder).Select(file => File.ReadLines(file).Count() - 1));
        Directory.Delete(folder, recursive: true);
    }
}
