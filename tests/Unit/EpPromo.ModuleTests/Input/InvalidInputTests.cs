using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Invalid input is an error with an id, a category and a recommended action, before anything is sent.</summary>
public sealed class InvalidInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("New-EpPromotionJob -Promotion '' -NumberOfCodes 5", "NoPromotion", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion a-b -NumberOfCodes 5 -Name ('n' * 51)", "BadJobName", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion 'a-b', '' -NumberOfCodes 5 -Name \"a`tb\"", "BadJobName", ErrorCategory.InvalidArgument)]
    [InlineData("[pscustomobject]@{ PromotionId = [DBNull]::Value; NumberOfCodes = 5 } | New-EpPromotionJob", "NoPromotion", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion a-b -NumberOfCodes 0", "BadNumberOfCodes", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion a-b -NumberOfCodes 1001", "BadNumberOfCodes", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion a-b -NumberOfCodes 5 -CodeLength 7", "BadCodeLength", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion a-b -NumberOfCodes 5 -CodeLength 17", "BadCodeLength", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion a-b -NumberOfCodes 5 -MaxUsesPerCode -1", "BadMaxUsesPerCode", ErrorCategory.InvalidArgument)]
    [InlineData("New-EpPromotionJob -Promotion a-b -NumberOfCodes 5 -ConsumeUnit per_moon", "BadConsumeUnit", ErrorCategory.InvalidArgument)]
    [InlineData("Get-EpPromotion -PromotionId ''", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Get-EpPromotionJob ''", "NoPromotion", ErrorCategory.InvalidArgument)]
    [InlineData("Wait-EpPromotionJob -PromotionId a -JobId 'b/c'", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Get-EpPromotionJob a-b -JobId 'not an id!'", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Wait-EpPromotionJob -PromotionId a -JobId ''", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Stop-EpPromotionJob -PromotionId a -JobId 'not an id!' -Force", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Stop-EpPromotionJob -PromotionId a -JobId '' -Force", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Receive-EpPromotionJob -PromotionId a -JobId 'not an id!'", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Receive-EpPromotionJob -PromotionId a -JobId ''", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("Wait-EpPromotionJob -PromotionId a -JobId b -Timeout -1", "BadTimeout", ErrorCategory.InvalidArgument)]
    [InlineData("Export-EpPromotionCode -Promotion a-b variable:x.csv", "PathNotFileSystem", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b $folder/missing/codes.csv", "FolderMissing", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b $folder/existing.csv -NoClobber", "FileExists", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b $folder/readonly.csv", "FileReadOnly", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b $folder/existing.csv/", "NotAFolder", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b \"$folder/a`0b.csv\"", "BadPath", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b \"$folder/a`0b\"", "BadPath", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b \"$folder/$('n' * 300).csv\"", "BadPath", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -Promotion a-b \"$folder/$('n' * 300)/codes.csv\" -Force", "BadPath", ErrorCategory.WriteError)]
    [InlineData("Request-EpPromotionCode -Promotion a-b 5 -Path \"$folder/a`0b.csv\"", "BadPath", ErrorCategory.WriteError)]
    [InlineData("Export-EpPromotionCode -PromotionId a-b -JobId 'b/c' -Path $folder/new.csv", "BadId", ErrorCategory.InvalidArgument)]
    public async Task Invalid_input_is_rejected_before_anything_is_sent(string command, string errorId, ErrorCategory category)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));
        await File.WriteAllTextAsync(Path.Combine(_folder, "existing.csv"), "kept", TestContext.Current.CancellationToken);
        AddReadOnlyFiles("readonly.csv", "readonly_codes.csv", "readonly_r1.csv");
        int before = sandbox.Requests.Count;

        RunResult result = session.Run($"$folder = $args[0]; {command}", _folder);

        AssertRejected(result, errorId, category);
        Assert.Equal(before, sandbox.Requests.Count);
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(_folder, "existing.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(["existing.csv", "readonly.csv", "readonly_codes.csv", "readonly_r1.csv"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("New-EpPromotionJob -Promotion '../../x' -NumberOfCodes 5", "PromotionNameNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-EpPromotionJob -Promotion 'summer sale' -NumberOfCodes 5", "PromotionNameNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-EpPromotionJob -Promotion '{9bc1391c-3f2a-4c39-a2b4-3c7a2f4f1d10}' -NumberOfCodes 5", "PromotionNameNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("[pscustomobject]@{ PromotionId = '../../x'; NumberOfCodes = 5 } | New-EpPromotionJob", "BadId", ErrorCategory.InvalidArgument)]
    [InlineData("[pscustomobject]@{ PromotionId = 'ReadOnly'; NumberOfCodes = 5 } | New-EpPromotionJob", "PromotionIdIsName", ErrorCategory.InvalidArgument)]
    [InlineData("Export-EpPromotionCode -Promotion readonly $folder/", "FileReadOnly", ErrorCategory.WriteError)]
    [InlineData("Request-EpPromotionCode -Promotion readonly 5 -Name r1 -Path $folder/", "FileReadOnly", ErrorCategory.WriteError)]
    public async Task Input_that_is_invalid_for_these_promotions_is_rejected_after_their_lists_alone_are_read(
        string command, string errorId, ErrorCategory category)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("readonly");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));
        AddReadOnlyFiles("readonly_codes.csv", "readonly_r1.csv");
        int before = sandbox.Requests.Count;

        RunResult result = session.Run($"$folder = $args[0]; {command}", _folder);

        AssertRejected(result, errorId, category);

        // A name may be that of a promotion of the other kind.
        string[] lists = errorId == "PromotionNameNotFound" ? ["GET /v2/rule-promotions", "GET /v2/promotions"] : ["GET /v2/rule-promotions"];
        Assert.Equal(lists, sandbox.Requests.Skip(before).Select(request => $"{request.Method} {request.PathAndQuery.Split('?')[0]}"));
    }

    [Theory]
    [InlineData("-BaseUri http://example.com", "HttpsOnly", ErrorCategory.InvalidArgument)]
    [InlineData("-BaseUri https://user:word@example.com", "BadBaseUri", ErrorCategory.InvalidArgument)]
    [InlineData("-BaseUri ftp://example.com", "BadBaseUri", ErrorCategory.InvalidArgument)]
    [InlineData("-BaseUri https://example.com -Region EUWest", "RegionAndBaseUri", ErrorCategory.InvalidArgument)]
    public void An_invalid_address_is_rejected(string address, string errorId, ErrorCategory category)
    {
        using ModuleSession session = new();

        RunResult result = session.Run(
            "$secret = [securestring]::new(); $secret.AppendChar('x'); Connect-EpStore -ClientId a -ClientSecret $secret " + address);

        AssertRejected(result, errorId, category);
        Assert.DoesNotContain("word", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-EpPromotionCode -Promotion $ids $file")]
    [InlineData("Export-EpPromotionCode -Promotion $ids $file -WhatIf")]
    [InlineData("$ids | Export-EpPromotionCode -Path $file")]
    [InlineData("Request-EpPromotionCode -Promotion $ids -Count 1 -Path $file")]
    [InlineData("$ids | Request-EpPromotionCode -Count 1 -Path $file")]
    [InlineData("Request-EpPromotionCode -Promotion $ids -Count 1 -Path $file -WhatIf")]
    public async Task One_file_for_several_promotions_is_one_error_about_all_of_them_before_anything_is_created(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [.. Enumerable.Range(0, 3).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));

        RunResult result = session.Run("$file, $ids = $args; " + command, [Path.Combine(_folder, "codes.csv"), .. ids]);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("DuplicateOutputFile,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ids.Order(), ((string[])error.TargetObject).Order());
        Assert.Contains("codes.csv' cannot be the output for 3 promotions, so nothing was done for them.", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task A_wrong_secret_is_an_error_at_once_and_leaves_no_store_connected()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = session.Run(
            """
            $secret = [securestring]::new(); foreach ($c in 'wrong-one'.ToCharArray()) { $secret.AppendChar($c) }
            Connect-EpStore -BaseUri $args[0] -ClientId $args[1] -ClientSecret $secret -Verbose -Debug
            """,
            sandbox.BaseUri.ToString(), sandbox.Options.ClientId);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("LoginRefused,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.DoesNotContain("wrong-one", error.Exception + string.Join('\n', [.. result.Verbose, .. result.Debug]), StringComparison.Ordinal);
        Assert.StartsWith("ConnectFailed,", session.Run("Get-EpStore -Default").ErrorIds.Single());
    }

    [Fact]
    public async Task After_a_failed_connect_no_other_store_is_used()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult failed = session.Run(
            "$token = [securestring]::new(); $token.AppendChar('x'); Connect-EpStore -BaseUri http://127.0.0.1:9 -AccessToken $token");

        Assert.StartsWith("StoreUnavailable,", failed.ErrorIds.Single());
        Assert.StartsWith("ConnectFailed,", session.Run("Get-EpPromotion").ErrorIds.Single());
        session.Run("Disconnect-EpStore").ThrowIfFailed();
        Assert.StartsWith("ConnectFailed,", session.Run("Get-EpPromotion").ErrorIds.Single());
        session.Connect(sandbox).ThrowIfFailed();
        Assert.Single(session.Run("Get-EpPromotion").ThrowIfFailed().Output);
    }

    [Fact]
    public async Task An_invalid_item_does_not_stop_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("Sale: x").Id;
        string two = sandbox.Store.AddPromotion("../../CON").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult created = session.Run("New-EpPromotionJob -Promotion 'no such promotion', '', $args[0] -NumberOfCodes 2 | Wait-EpPromotionJob", one);
        RunResult unnamed = session.Run("$folder = $args[0]; Get-EpPromotion | Export-EpPromotionCode -Path { \"$($_.Name).csv\" }", _folder);
        RunResult named = session.Run("$folder = $args[0]; Get-EpPromotion | Export-EpPromotionCode -Path { \"$folder/$($_.FileName).csv\" }", _folder);

        Assert.Equal([one], created.Values("PromotionId"));
        Assert.Equal(["PromotionNameNotFound", "NoPromotion"], created.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.StartsWith("BadPath,", unnamed.ErrorIds[0]);
        Assert.Equal(2, named.ThrowIfFailed().Output.Count);
        Assert.Equal(["Sale_ x.csv", "_.._CON.csv"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_in_place_of_an_id_gets_the_advice_to_search_by_name()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        ErrorRecord error = session.Run("Get-EpPromotion -PromotionId 'Summer*'").Errors.Single();

        Assert.StartsWith("BadId,", error.FullyQualifiedErrorId);
        Assert.Contains("Get-EpPromotion -Name", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreachable_host_is_an_error_that_says_so()
    {
        using ModuleSession session = new();

        // The discard port, on which nothing listens.
        RunResult result = session.Run(
            "$token = [securestring]::new(); $token.AppendChar('x'); Connect-EpStore -BaseUri http://127.0.0.1:9 -AccessToken $token");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("StoreUnavailable,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
    }

    [Fact]
    public async Task A_read_only_store_rejects_every_change_before_it_is_sent()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ReadOnly");

        RunResult created = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5", id);
        RunResult exported = session.Run("Export-EpPromotionCode -Promotion $args[0] $args[1]", id, _folder);
        RunResult stopped = session.Run("Stop-EpPromotionJob -PromotionId $args[0] -JobId x -Force", id);

        Assert.All([created, exported, stopped], result => Assert.StartsWith("ReadOnlyStore,", Assert.Single(result.ErrorIds)));
        Assert.Empty(sandbox.Writes());
        Assert.Single(session.Run("Get-EpPromotion").ThrowIfFailed().Output);
    }

    private void AddReadOnlyFiles(params string[] names)
    {
        foreach (string name in names)
        {
            FileInfo file = new(Path.Combine(_folder, name));
            file.Create().Dispose();
            file.IsReadOnly = true;
        }
    }

    private static void AssertRejected(RunResult result, string errorId, ErrorCategory category)
    {
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith(errorId + ",EpPromo.PowerShell.", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
    }

    public void Dispose()
    {
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles())
        {
            file.IsReadOnly = false;
        }

        Directory.Delete(_folder, recursive: true);
    }
}
