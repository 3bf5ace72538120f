using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Export-EpPromotionCode: how files are named, replaced and emitted.</summary>
public sealed class ExportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task A_script_block_can_name_each_file()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer A");
        sandbox.Store.AddPromotion("Summer B");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Get-EpPromotion | Export-EpPromotionCode -Path { \"$($args[0])/$($_.Name).csv\" }".Replace("$($args[0])", _folder)).ThrowIfFailed();

        Assert.Equal(["Summer A.csv", "Summer B.csv"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("-NoClobber")]
    [InlineData("")]
    public async Task A_file_that_appears_during_the_export_is_kept_or_replaced_like_an_existing_one(string options)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { BaseJobDuration = TimeSpan.FromSeconds(1) });
        string id = sandbox.Store.AddPromotion("One").Id;
        string file = Path.Combine(_folder, "codes.csv");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Task<RunResult> export = Task.Run(() => session.Run($"Export-EpPromotionCode -Promotion $args[0] $args[1] {options}", id, file), TestContext.Current.CancellationToken);
        while (sandbox.Store.Jobs(id).Count == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(file, "theirs", TestContext.Current.CancellationToken);
        RunResult result = await export;

        Assert.Equal(options.Length > 0 ? ["FileExists"] : [], result.ErrorIds.Select(error => error.Split(',')[0]));
        Assert.Equal(options.Length > 0, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == "theirs");
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_longest_possible_file_name_is_accepted()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion(new string('夏', 120)).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Export-EpPromotionCode -Promotion $args[0] \"$($args[1])/$('n' * 251).csv\"", id, _folder).ThrowIfFailed();
        RunResult named = session.Run("$folder = $args[0]; Get-EpPromotion | Export-EpPromotionCode -Path { \"$folder/$($_.FileName).csv\" }", _folder).ThrowIfFailed();

        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.StartsWith("夏", named.Values("Name").Single());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_symbolic_link_is_kept_and_its_target_is_written(bool exists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating a symbolic link needs a privilege on Windows.");
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        string target = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "there")).FullName, "codes.csv");
        string link = Path.Combine(_folder, "link.csv");
        File.CreateSymbolicLink(link, "between.csv");
        File.CreateSymbolicLink(Path.Combine(_folder, "between.csv"), target);
        if (exists)
        {
            await File.WriteAllTextAsync(target, "old", TestContext.Current.CancellationToken);
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("Export-EpPromotionCode -Promotion $args[0] $args[1]", id, link).ThrowIfFailed();

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Null(new FileInfo(target).LinkTarget);
        Assert.Contains("code", await File.ReadAllTextAsync(link, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(target)!));
    }

    [Fact]
    public async Task A_path_of_circular_links_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating a symbolic link needs a privilege on Windows.");
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        File.CreateSymbolicLink(Path.Combine(_folder, "a.csv"), "b.csv");
        File.CreateSymbolicLink(Path.Combine(_folder, "b.csv"), "a.csv");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Export-EpPromotionCode -Promotion $args[0] $args[1]", id, Path.Combine(_folder, "a.csv"));

        Assert.StartsWith("BadPath,", result.ErrorIds.Single());
        Assert.Empty(sandbox.Store.Jobs(id));
    }

    [Fact]
    public async Task A_file_that_is_deleted_before_it_is_emitted_does_not_stop_the_other_exports()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [.. Enumerable.Range(0, 3).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        // When the first file is emitted, the script waits for all three and deletes them.
        RunResult files = session.Run(
            """
            $folder, $ids = $args
            $until = [datetime]::UtcNow.AddSeconds(60)
            $deleted = $false
            Export-EpPromotionCode -Promotion $ids -Path $folder | ForEach-Object {
                while (-not $deleted -and [datetime]::UtcNow -lt $until) {
                    $files = @([System.IO.Directory]::GetFiles($folder, '*.csv'))
                    if ($files.Count -eq 3) { $files | ForEach-Object { [System.IO.File]::Delete($_) }; $deleted = $true }
                }
                [pscustomobject]@{ PromotionId = $_.PromotionId; Name = $_.Name; Length = $_.Length; Type = $_.GetType().Name }
            }
            """,
            [_folder, .. ids]).ThrowIfFailed();

        Assert.Equal(ids.Order(), files.Values("PromotionId").Order());
        Assert.Equal(ids.Select((_, number) => $"P{number}_codes.csv").Order(), files.Values("Name").Order());
        Assert.All(files.Values("Length").Skip(1), length => Assert.True(int.Parse(length!, System.Globalization.CultureInfo.InvariantCulture) > 0));
        Assert.All(files.Values("Type"), type => Assert.Equal("FileInfo", type));
    }

    [Fact]
    public async Task A_file_that_is_deleted_as_soon_as_it_has_its_name_is_emitted_as_it_was()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [.. Enumerable.Range(0, 60).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        using CancellationTokenSource end = new();
        Task watcher = Task.Factory.StartNew(() => DeleteFiles(_folder, end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        RunResult files = session.Run(
            """
            $folder, $ids = $args
            Export-EpPromotionCode -Promotion $ids -Path $folder | ForEach-Object {
                [pscustomobject]@{ Name = $_.Name; Length = $_.Length; Year = $_.LastWriteTime.Year; Type = $_.GetType().Name }
            }
            """,
            [_folder, .. ids]).ThrowIfFailed();
        await end.CancelAsync();
        await watcher;

        Assert.Equal(ids.Select((_, number) => $"P{number}_codes.csv").Order(), files.Values("Name").Order());
        Assert.All(files.Values("Length"), length => Assert.InRange(int.Parse(length!, System.Globalization.CultureInfo.InvariantCulture), 1, 1000));
        Assert.All(files.Values("Year"), year => Assert.NotEqual("1601", year));
        Assert.All(files.Values("Type"), type => Assert.Equal("FileInfo", type));
    }

    /// <summary>Deletes each finished file at once.</summary>
    private static void DeleteFiles(string folder, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            foreach (string file in Directory.GetFiles(folder, "*.csv"))
            {
                File.Delete(file);
            }
        }
    }

    [Fact]
    public async Task A_file_is_emitted_whatever_the_current_location_of_the_session_is()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation('Variable:'); Export-EpPromotionCode -Promotion $args[0] \"FileSystem::$($args[1])/a.csv\"", id, _folder).ThrowIfFailed();

        Assert.Equal(["a.csv"], files.Values("Name"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
