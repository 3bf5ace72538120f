using System.Management.Automation;
using System.Runtime.Versioning;
using EpPromo.ModuleTests.Engine;

namespace EpPromo.ModuleTests.Recipients;

/// <summary>The files of a merge: who can read them, what happens if others use them, and that they are complete before anything is emitted.</summary>
public sealed class MergeFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private readonly ModuleSession _session = new();

    private string Target => Path.Combine(_folder, "mailing.csv");

    private string Former => Path.Combine(_folder, "mailing.former.csv");

    [Fact]
    public void The_file_is_complete_when_the_first_object_is_emitted()
    {
        RunResult result = Merge(_session, "| ForEach-Object { (Import-Csv -LiteralPath $target).Count }", "mia", "tom", "ann");

        Assert.Equal(["3", "3", "3"], result.ThrowIfFailed().Output.Select(count => count.ToString()));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void New_files_can_be_read_only_by_their_owner_and_replaced_ones_keep_their_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, permissions come from the folder.");
        Merge("mia", "tom").ThrowIfFailed();
        Merge("mia").ThrowIfFailed();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Target));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Former));

        File.SetUnixFileMode(Target, OwnerOnly | UnixFileMode.GroupRead);
        Merge("mia", "ann").ThrowIfFailed();
        Assert.Equal(OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(Target));
    }

    [Fact]
    public async Task A_second_merge_into_the_file_is_an_error_while_the_first_one_is_in_progress()
    {
        using ManualResetEventSlim release = new();
        using ModuleSession other = new();
        using PowerShell first = _session.NewShell(
            """
            $target, $release = $args
            [pscustomobject]@{ Id = 'mia' } | ForEach-Object { $_; $release.Wait() } | Merge-EpPromotionCode $target -Key Id -Code A1
            """,
            Target,
            release);
        IAsyncResult running = first.BeginInvoke();
        while (!File.Exists(Path.Combine(_folder, ".mailing.csv.lock")) && !running.IsCompleted)
        {
            await Task.Yield();
        }

        RunResult second = Merge(other, "", "tom");
        release.Set();
        PSDataCollection<PSObject> output = await Task.Factory.FromAsync(running, first.EndInvoke);

        Assert.Equal(["MergeInProgress,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], second.ErrorIds);
        Assert.Equal("A1", Assert.Single(output).Properties["Code"].Value);
        Assert.Equal(["mailing.csv"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_lock_of_a_process_that_was_killed_does_not_block()
    {
        File.WriteAllText(Path.Combine(_folder, ".mailing.csv.lock"), "");

        Merge("mia").ThrowIfFailed();

        Assert.Equal(["mailing.csv"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_that_is_open_elsewhere_is_an_error_before_codes_are_given()
    {
        Merge("mia").ThrowIfFailed();
        string before = await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken);
        RunResult result;
        using (new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            result = Merge("mia", "tom");
        }

        Assert.Equal(["FileInUse,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
        Assert.Equal(before, await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(["A1", "B2"], Merge("mia", "tom").ThrowIfFailed().Values("Code"));
    }

    [Theory]
    [InlineData("mailing.csv", "Id,Code\nmia,A1\ntom,Z9\n")]
    [InlineData("mailing.former.csv", "Id,Code\ntom,Z9\n")]
    public async Task A_file_that_changes_meanwhile_is_not_replaced(string name, string content)
    {
        Merge("mia").ThrowIfFailed();
        string changed = Path.Combine(_folder, name);

        RunResult result = _session.Run(
            """
            $target, $changed, $content = $args
            [pscustomobject]@{ Id = 'mia' }, [pscustomobject]@{ Id = 'ann' } |
                ForEach-Object { $_; [IO.File]::WriteAllText($changed, $content) } | Merge-EpPromotionCode $target -Key Id -Code A1, B2
            """,
            Target,
            changed,
            content);

        Assert.Equal(["FileChanged,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
        Assert.Equal(content, await File.ReadAllTextAsync(changed, TestContext.Current.CancellationToken));
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_read_only_file_is_replaced_only_with_Force()
    {
        Merge("mia").ThrowIfFailed();
        new FileInfo(Target).IsReadOnly = true;

        RunResult result = Merge("mia", "tom");

        Assert.Equal(["FileReadOnly,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
        Assert.Equal(["A1", "B2"], Merge(_session, "-Force", "mia", "tom").ThrowIfFailed().Values("Code"));
        new FileInfo(Target).IsReadOnly = false;
    }

    [Fact]
    public void Brackets_in_a_literal_path_are_no_wildcards()
    {
        string target = Path.Combine(_folder, "mailing[1].csv");

        _session.Run("[pscustomobject]@{ Id = 1 } | Merge-EpPromotionCode -LiteralPath $args[0] -Key Id -Code A1", target).ThrowIfFailed();

        Assert.True(File.Exists(target));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private RunResult Merge(params string[] ids) => Merge(_session, "", ids);

    /// <summary>Merges recipients in a session; <paramref name="options"/> ends the command.</summary>
    private RunResult Merge(ModuleSession session, string options, params string[] ids) => session.Run(
        "$target, $ids = $args; $ids | Select-Object @{ n = 'Id'; e = { $_ } } | Merge-EpPromotionCode $target -Key Id -Code A1, B2, C3 " + options,
        [Target, .. ids]);
}
