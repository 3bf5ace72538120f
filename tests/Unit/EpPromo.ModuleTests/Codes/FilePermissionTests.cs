using System.Diagnostics;
using System.Runtime.Versioning;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Files of codes can be read only by their owner; a file that is replaced keeps its permissions.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FilePermissionTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Export = "Export-EpPromotionCode -Promotion $args[0] $args[1] -Force";
    private const string Request = "Request-EpPromotionCode -Promotion $args[0] -Count 2 -Path $args[1] -Force";

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData(Export)]
    [InlineData(Request)]
    public async Task A_new_file_can_be_read_only_by_its_owner(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, permissions come from the folder.");

        await WriteAsync(command);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Target));
    }

    [Theory]
    [InlineData(Export, OwnerOnly)]
    [InlineData(Export, OwnerOnly | UnixFileMode.GroupRead)]
    [InlineData(Export, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    [InlineData(Export, UnixFileMode.UserRead)]
    [InlineData(Request, OwnerOnly | UnixFileMode.GroupRead)]
    public async Task A_file_that_is_replaced_keeps_its_mode(string command, UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, permissions come from the folder.");
        await File.WriteAllTextAsync(Target, "old", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Target, mode);

        await WriteAsync(command);

        Assert.Equal(mode, File.GetUnixFileMode(Target));
        Assert.NotEqual("old", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_replaced_keeps_its_owner_and_group()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stat and chown differ elsewhere.");
        await File.WriteAllTextAsync(Target, "old", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Target, OwnerOnly | UnixFileMode.GroupRead);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "12345:23456", Target);
        }

        string before = await RunAsync("stat", "-c", "%u:%g %a", Target);
        await WriteAsync(Export);

        Assert.Equal(before, await RunAsync("stat", "-c", "%u:%g %a", Target));
        Assert.NotEqual("old", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_hard_linked_file_is_replaced_under_this_name_only_with_a_warning()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are detected on Linux.");
        string other = Path.Combine(_folder, "other.csv");
        await File.WriteAllTextAsync(Target, "old", TestContext.Current.CancellationToken);
        await RunAsync("ln", Target, other);

        RunResult result = await WriteAsync(Export);

        Assert.Contains(Target, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken));
        Assert.NotEqual("old", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Receive-EpPromotionJob $job", "EpPromo-")]
    [InlineData("Export-EpPromotionCode -Job $job $args[1]", ".permissions.csv.")]
    public async Task Nobody_else_can_read_a_file_while_it_is_downloaded(string command, string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows the open files of a process in /proc.");
        await using SandboxServer sandbox = await Sandboxes.StartAsync(
            Sandboxes.Quick with { Faults = [new FaultRule { Endpoint = "download", Action = FaultAction.StallBody }] });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$job = New-EpPromotionJob -Promotion $args[0] -Export | Wait-EpPromotionJob", id).ThrowIfFailed();
        using System.Management.Automation.PowerShell shell = session.NewShell(command.Replace("$job", "(Get-EpPromotionJob $args[0])", StringComparison.Ordinal), id, Target);
        IAsyncResult started = shell.BeginInvoke();
        UnixFileMode[] files;
        while ((files = [.. OpenFiles(name)]).Length == 0 && !started.IsCompleted)
        {
            await Task.Yield();
        }

        shell.Stop();

        Assert.NotEmpty(files);
        Assert.All(files, mode => Assert.Equal(OwnerOnly, mode));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Target => Path.Combine(_folder, "permissions.csv");

    private async Task<RunResult> WriteAsync(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        return session.Run(command, sandbox.Store.AddPromotion("One").Id, Target).ThrowIfFailed();
    }

    /// <summary>The modes of this process's open files whose names start with <paramref name="name"/>. Files without a name in a folder had one.</summary>
    private static IEnumerable<UnixFileMode> OpenFiles(string name)
    {
        foreach (string handle in Directory.EnumerateFiles("/proc/self/fd"))
        {
            UnixFileMode? mode = null;
            try
            {
                if (File.ResolveLinkTarget(handle, false)?.Name.StartsWith(name, StringComparison.Ordinal) == true)
                {
                    mode = File.GetUnixFileMode(handle);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The file was closed in the meantime.
            }

            if (mode is { } known)
            {
                yield return known;
            }
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
