using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Two outputs of one call never share a file, and a file name without a name part is an error.</summary>
public sealed class FileNameTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("$jobs | Export-EpPromotionCode -Path { \"$folder/$($_.FileName).csv\" }", "EmptyFileName")]
    [InlineData("$jobs | Export-EpPromotionCode -Path { \"$folder/$($_.FileName) .csv\" }", "EmptyFileName")]
    [InlineData("$jobs | Export-EpPromotionCode -Path { \"$folder/$($_.FileName)..csv\" }", "EmptyFileName")]
    [InlineData("$jobs | Export-EpPromotionCode -Path { \"$folder/$($_.FileName)/codes.csv\" }", "EmptyFileName")]
    [InlineData("$jobs | Export-EpPromotionCode -Path { \"$folder/$($_.FileName) /codes.csv\" } -Force", "EmptyFileName")]
    [InlineData("$jobs | Export-EpPromotionCode -Path $folder/.csv", "EmptyFileName")]
    [InlineData("$jobs | Request-EpPromotionCode -Count 1 -Path { \"$folder/$($_.FileName).csv\" }", "EmptyFileName")]
    [InlineData("$jobs | Export-EpPromotionCode -Path $folder/there.csv/codes.csv -Force", "NotAFolder")]
    [InlineData("Export-EpPromotionCode -Promotion $jobs[0].PromotionId $folder/there.csv/new/codes.csv -Force", "NotAFolder")]
    [InlineData("Request-EpPromotionCode -Promotion $jobs[0].PromotionId 1 -Path $folder/there.csv/new/", "NotAFolder")]
    public async Task An_unusable_file_name_is_an_error_before_anything_is_created(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        await File.WriteAllTextAsync(Path.Combine(_folder, "there.csv"), "kept", TestContext.Current.CancellationToken);

        RunResult result = session.Run(
            "$folder, $ids = $args; $jobs = $ids | New-EpPromotionJob -Export | Wait-EpPromotionJob; " + command, [_folder, .. ids]);

        Assert.NotEmpty(result.ErrorIds);
        Assert.All(result.ErrorIds, id => Assert.StartsWith(errorId + ",", id, StringComparison.Ordinal));
        Assert.Equal(2, sandbox.Writes().Count());
        Assert.Equal(["there.csv"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("$ids[0], $ids[0] | Export-EpPromotionCode -Path $folder")]
    [InlineData("$ids[0], $ids[0] | Export-EpPromotionCode -Path $folder/codes.csv")]
    [InlineData("$ids | Export-EpPromotionCode -Path { \"$folder/codes.csv\" }")]
    [InlineData("$ids | Request-EpPromotionCode -Count 1 -Path { \"$folder/codes.csv\" }")]
    [InlineData("1..2 | ForEach-Object { New-EpPromotionJob -Promotion $ids[0] -Export | Wait-EpPromotionJob } | Export-EpPromotionCode -Path $folder/codes.csv")]
    public async Task A_second_output_for_the_same_file_is_an_error_and_creates_nothing(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$folder, $ids = $args; " + command, [_folder, .. ids]);

        Assert.StartsWith("DuplicateOutputFile,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Single(result.Output);
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Empty(sandbox.Store.Jobs(ids[1]));
        Assert.Equal(sandbox.Writes().Count(), sandbox.Store.Jobs(ids[0]).Count);
    }

    [Theory]
    [InlineData("Export-EpPromotionCode -Promotion 'Summer Sale' -Path $folder", "Summer Sale_codes.csv")]
    [InlineData("Request-EpPromotionCode -Promotion 'summer sale' -Count 1 -Name bf26 -Path $folder", "Summer Sale_bf26.csv")]
    [InlineData("Export-EpPromotionCode -Promotion '[VIP] 20%?' -Path $folder", "(VIP) 20%__codes.csv")]
    public async Task A_file_in_a_folder_is_named_after_the_promotion_and_the_run(string command, string file)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer Sale");
        sandbox.Store.AddPromotion("[VIP] 20%?");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        session.Run("$folder = $args[0]; " + command, _folder).ThrowIfFailed();

        Assert.Equal([file], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("Export-EpPromotionCode -Promotion $id -Path")]
    [InlineData("Request-EpPromotionCode -Promotion $id -Count 1 -Path")]
    [InlineData("$job | Export-EpPromotionCode -Path")]
    public async Task If_names_cannot_be_read_a_folder_is_an_error_and_a_file_is_written(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("$id, $folder, $store = $args; $PSDefaultParameterValues['*:Store'] = $store", id, _folder, FastTimeoutStore.Open(session, sandbox, callSeconds: 1, windowSeconds: 0)).ThrowIfFailed();
        sandbox.Faults.Add("endpoint=promotion-list action=drop-before");
        session.Run("$job = New-EpPromotionJob 1 -Promotion $id | Wait-EpPromotionJob").ThrowIfFailed();

        RunResult folder = session.Run($"{command} $folder");
        Assert.StartsWith("FileNameUnknown,", Assert.Single(folder.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.Single(sandbox.Writes());

        session.Run($"{command} $folder/codes.csv").ThrowIfFailed();
        Assert.Equal("codes.csv", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder))));
    }

    /// <summary>Whichever of them is exported, and however it was found: the other one may be exported later.</summary>
    [Theory]
    [InlineData("Export-EpPromotionCode -Promotion $ids -Path $folder", 2)]
    [InlineData("Export-EpPromotionCode -Promotion $ids[0] -Path $folder", 1)]
    [InlineData("Get-EpPromotion -PromotionId $ids[0] | Export-EpPromotionCode -Path $folder", 1)]
    [InlineData("Get-EpPromotion | Where-Object PromotionId -eq $ids[0] | Export-EpPromotionCode -Path $folder", 1)]
    public async Task Promotions_of_one_name_have_files_of_their_own(string command, int files)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("Summer Sale").Id, sandbox.Store.AddPromotion("SUMMER sale").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("$folder, $ids = $args; " + command, [_folder, .. ids]).ThrowIfFailed();

        Assert.Equal(
            ((string[])[$"Summer Sale_{ids[0][..8]}_codes.csv", $"SUMMER sale_{ids[1][..8]}_codes.csv"]).Take(files).Order(),
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Two_paths_to_one_file_count_as_the_same_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating a symbolic link needs a privilege on Windows.");
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        string real = Directory.CreateDirectory(Path.Combine(_folder, "real")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(_folder, "link"), real);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "$folder, $ids = $args; $ids | Export-EpPromotionCode -Path { if ($_ -eq $ids[0]) { \"$folder/real/a.csv\" } else { \"$folder/link/a.csv\" } }",
            [_folder, .. ids]);

        Assert.StartsWith("DuplicateOutputFile,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Single(result.Output);
        Assert.Single(Directory.GetFiles(real));
    }

    [Fact]
    public async Task Names_that_differ_only_by_case_are_two_files_if_the_file_system_is_case_sensitive()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        await File.WriteAllTextAsync(Path.Combine(_folder, "probe"), "", TestContext.Current.CancellationToken);
        bool ignoresCase = File.Exists(Path.Combine(_folder, "PROBE"));
        File.Delete(Path.Combine(_folder, "probe"));

        RunResult result = session.Run(
            "$folder, $ids = $args; $ids | Export-EpPromotionCode -Path { if ($_ -eq $ids[0]) { \"$folder/a.csv\" } else { \"$folder/A.csv\" } }",
            [_folder, .. ids]);

        Assert.Equal(ignoresCase ? ["DuplicateOutputFile"] : [], result.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.Equal(ignoresCase ? 1 : 2, Directory.GetFiles(_folder).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
