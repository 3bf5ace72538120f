using System.Text.Json;
using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>
/// samples/runbooks/container/Containerfile, built without containers: its instructions are carried out one after the other, with an
/// empty folder in place of /opt/eppromo.
/// </summary>
public sealed partial class ContainerTests
{
    [Fact]
    public async Task The_image_has_the_module_from_the_package_and_runs_the_runbooks()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");
        using RunbookMachine machine = new(sandbox);
        string context = await CreateContextAsync(machine);
        string root = Path.Combine(machine.Folder, "image");
        string workingFolder = root;
        string[] entryPoint = [];
        foreach ((string instruction, string text) in Instructions())
        {
            string arguments = text.Replace("/opt/eppromo", root, StringComparison.Ordinal);
            switch (instruction)
            {
                case "ENV":
                    foreach (string[] variable in arguments.Split(' ').Select(pair => pair.Split('=', 2)))
                    {
                        machine.Variables[variable[0]] = variable[1];
                    }

                    break;
                case "COPY":
                    Copy(context, arguments.Split(' '));
                    break;
                case "RUN":
                    ProcessResult step = await machine.RunAsync("/bin/sh", "-c", arguments);
                    Assert.True(step.ExitCode == 0, step.Text);
                    Assert.Matches(@"^EpPromo \d+\.\d+\.\d+$", step.Output[^1]);
                    break;
                case "WORKDIR":
                    workingFolder = arguments;
                    break;
                case "ENTRYPOINT":
                    entryPoint = JsonSerializer.Deserialize<string[]>(arguments)!;
                    break;
                default:
                    Assert.Contains(instruction, (string[])["FROM", "USER"]);
                    break;
            }
        }

        Assert.DoesNotContain(RepositoryFolder.Root, machine.Variables["PSModulePath"], StringComparison.Ordinal);
        ProcessResult run = await machine.RunInAsync(
            workingFolder,
            entryPoint[0],
            [.. entryPoint[1..], "./Request-PromotionCode.ps1", "-Promotion", "Summer*", "-Name", "bf26", "-Count", "5", "-ConsistencyWindow", "00:00:01"]);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Equal(5, sandbox.Store.Codes(sandbox.Store.Promotions[0].Id).Count);
    }

    /// <summary>The build context: the package as build.ps1 -Task Pack names it, and the samples.</summary>
    private static async Task<string> CreateContextAsync(RunbookMachine machine)
    {
        string context = Path.Combine(machine.Folder, "context");
        string packages = Directory.CreateDirectory(Path.Combine(context, "out")).FullName;
        Directory.CreateDirectory(Path.Combine(context, "samples"));
        Directory.CreateSymbolicLink(Path.Combine(context, "samples", "runbooks"), RunbookMachine.Samples);
        ProcessResult pack = await machine.RunAsync(
            "pwsh", "-NoProfile", "-NonInteractive", "-Command",
            $"Compress-PSResource -Path '{Path.GetDirectoryName(RepositoryFolder.Manifest)}' -DestinationPath '{packages}' -ErrorAction Stop");
        Assert.True(pack.ExitCode == 0, pack.Text);
        return context;
    }

    /// <summary>The instructions, with lines that end in a backslash joined.</summary>
    private static IEnumerable<(string Instruction, string Arguments)> Instructions()
    {
        string text = ContinuedLine().Replace(RunbookMachine.Read("container/Containerfile"), "");
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line[0] != '#')
            {
                string[] parts = line.Split(' ', 2);
                yield return (parts[0], parts[1]);
            }
        }
    }

    /// <summary>Copies the files that match a pattern, or the contents of a folder, as COPY does.</summary>
    private static void Copy(string context, string[] arguments)
    {
        string from = Path.Combine(context, arguments[0]);
        string to = arguments[1];
        if (Directory.Exists(from))
        {
            DirectoryCopy.Create(from, to);
            return;
        }

        Directory.CreateDirectory(to);
        string file = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(from)!, Path.GetFileName(from)));
        File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    [GeneratedRegex(@"\\\r?\n\s*")]
    private static partial Regex ContinuedLine();
}
