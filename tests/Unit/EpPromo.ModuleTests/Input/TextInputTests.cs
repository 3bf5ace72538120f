using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Prefixes, names and ids as people and tables write them.</summary>
public sealed class TextInputTests
{
    private const string Id = "9BC1391C-3F2A-4C39-A2B4-3C7A2F4F1D10";

    [Theory]
    [InlineData("'summer '", "summer")]
    [InlineData("\" `tsummer$([char]0xA0)\"", "summer")]
    [InlineData("'big sale-'", "big sale-")]
    [InlineData("\"e$([char]0x301)te\"", "\u00e9te")]
    public async Task A_prefix_is_trimmed_and_normalized(string cell, string prefix)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult made = session.Run($"[pscustomobject]@{{ PromotionId = $args[0]; NumberOfCodes = 1; CodePrefix = {cell} }} | New-EpPromotionJob", id);

        Assert.Equal(prefix, made.ThrowIfFailed().Values("CodePrefix").Single());
    }

    [Theory]
    [InlineData("a\u00a0b", "U+00A0")]
    [InlineData("a\u200bb", "U+200B")]
    [InlineData("a\u00adb", "U+00AD")]
    [InlineData("a\ufeffb", "U+FEFF")]
    [InlineData("a\ufe0fb", "U+FE0F")]
    [InlineData("a\u3164b", "U+3164")]
    [InlineData("a\ue000b", "U+E000")]
    [InlineData("a\u0007b", "U+0007")]
    public async Task An_invisible_character_is_rejected_with_its_code_point_and_position(string text, string character)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult[] rejected =
        [
            session.Run("New-EpPromotionJob -Promotion a-b -NumberOfCodes 1 -CodePrefix $args[0]", text),
            session.Run("New-EpPromotionJob -Promotion a-b -NumberOfCodes 1 -Name $args[0]", text),
            session.Run("Request-EpPromotionCode -Promotion a-b -Count 1 -CodePrefix $args[0]", text),
            session.Run("Request-EpPromotionCode -Promotion a-b -Count 1 -Name $args[0]", text),
        ];

        Assert.Equal(["BadCodePrefix", "BadJobName", "BadCodePrefix", "BadRunName"], rejected.Select(one => one.ErrorIds.Single().Split(',')[0]));
        Assert.All(rejected, one => Assert.Contains($"{character} at position 2", one.Errors.Single().ToString(), StringComparison.Ordinal));
        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task Names_are_equal_if_their_normalized_forms_are()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("cafe\u0301 deal").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult first = session.Run("Request-EpPromotionCode -Promotion $args[0] 2 -Name $args[1]", id, "\u00e9te\u0301").ThrowIfFailed();
        RunResult again = session.Run("Request-EpPromotionCode -Promotion $args[0] 2 -Name $args[1]", id, " e\u0301t\u00e9 ").ThrowIfFailed();
        RunResult job = session.Run("Get-EpPromotionJob $args[0] -Name $args[1]", id, "e\u0301te\u0301 *").ThrowIfFailed();

        Assert.Equal(["1"], first.Values("Jobs"));
        Assert.Equal(["1"], again.Values("Jobs"));
        Assert.Single(job.Output);
        Assert.Equal([id], session.Run("Get-EpPromotion $args[0]", "caf\u00e9 deal").ThrowIfFailed().Values("PromotionId"));
    }

    [Theory]
    [InlineData("Get-EpPromotion -PromotionId $id.ToUpper()")]
    [InlineData("\" $($id.ToUpper()) \" | Get-EpPromotion")]
    [InlineData("[guid]$id | Get-EpPromotion")]
    [InlineData("Get-EpPromotionJob $id.ToUpper() -JobId $job.ToUpper()")]
    [InlineData("Wait-EpPromotionJob -PromotionId $id.ToUpper() -JobId $job.ToUpper()")]
    [InlineData("New-TestJob @{ PromotionId = $id.ToUpper(); JobId = $job.ToUpper() } | Wait-EpPromotionJob -Timeout 20")]
    [InlineData("Receive-EpPromotionJob -PromotionId $id.ToUpper() -JobId $job.ToUpper()")]
    [InlineData("[pscustomobject]@{ PromotionId = $id.ToUpper(); JobId = $job.ToUpper() } | Receive-EpPromotionJob")]
    [InlineData("Export-EpPromotionCode -PromotionId $id.ToUpper() -JobId $job.ToUpper() -Path $folder/codes.csv")]
    [InlineData("New-EpPromotionJob -Promotion $id.ToUpper() 1")]
    [InlineData("Request-EpPromotionCode -Promotion $id.ToUpper() 1 -Name r")]
    public async Task A_UUID_in_capitals_identifies_the_same_promotion_or_job(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        session.Run("$global:id, $global:folder = $args; $global:job = (New-EpPromotionJob -Promotion $id 1 | Wait-EpPromotionJob).JobId", id, folder).ThrowIfFailed();
        session.Run(TestJob.Functions).ThrowIfFailed();

        RunResult result = session.Run(command).ThrowIfFailed();

        Directory.Delete(folder, recursive: true);
        Assert.Equal([id], result.Values("PromotionId").Distinct());
        Assert.DoesNotContain(sandbox.Requests, request => request.PathAndQuery.Contains(id.ToUpperInvariant(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_ids_keep_their_case()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Get-EpPromotion -PromotionId Summer-A, $args[0]", Id.Replace("-", "", StringComparison.Ordinal));

        string[] paths = [.. sandbox.Requests.Select(request => request.PathAndQuery).Where(path => path.Contains("/rule-promotions/", StringComparison.Ordinal))];
        Assert.EndsWith("/Summer-A", paths[0], StringComparison.Ordinal);
        Assert.EndsWith("/" + Id.Replace("-", "", StringComparison.Ordinal), paths[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    public async Task A_prefix_that_a_spreadsheet_reads_as_a_formula_causes_one_warning(string prefix)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult job = session.Run("$args[0], $args[1] | New-EpPromotionJob -NumberOfCodes 1 -CodePrefix $args[2] -WhatIf", ids[0], ids[1], prefix).ThrowIfFailed();
        RunResult run = session.Run("$args[0], $args[1] | Request-EpPromotionCode -Count 1 -CodePrefix $args[2]", ids[0], ids[1], prefix).ThrowIfFailed();

        Assert.All([job, run], result => Assert.Contains($"'{prefix}'", Assert.Single(result.Warnings), StringComparison.Ordinal));
    }
}
