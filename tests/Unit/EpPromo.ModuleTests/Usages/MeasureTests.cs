using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Usages;

/// <summary>Measure-EpPromotionCode counts codes and their uses, of promotions, jobs, runs and common beginnings.</summary>
public sealed class MeasureTests
{
    [Fact]
    public async Task A_measurement_counts_codes_and_uses()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-Name live");
        session.Run("'Summer' | New-EpPromotionJob 10 -CodePrefix a -MaxUsesPerCode 3 | Wait-EpPromotionJob").ThrowIfFailed();
        string[] codes = [.. sandbox.Store.Codes(id).Select(code => code.Code)];
        DateTimeOffset noon = new(new DateTime(2026, 2, 1, 12, 0, 0, DateTimeKind.Local));
        sandbox.Store.AddUsage(id, codes[0], "ada@example.com", usage => usage with { UsedOn = noon, TimesUsed = 2 });
        sandbox.Store.AddUsage(id, codes[0], "ben@example.com", usage => usage with { UsedOn = noon.AddHours(1) });
        sandbox.Store.AddUsage(id, codes[1], "ben@example.com", usage => usage with { UsedOn = noon.AddDays(3), TimesUsed = null });

        PSObject measured = session.Run("Measure-EpPromotionCode Summer").ThrowIfFailed().Output.Single();

        Assert.Equal(
            "Summer|live|10|2|8|4|27|20|10|990|",
            string.Join('|', "PromotionName Store Codes Used Unused TimesUsed UsesLeft RedeemedPercent CodesOnPromotion MinRoom MaxRoom".Split(' ')
                .Select(name => measured.Properties[name].Value)));
        Assert.Equal((noon, noon.AddDays(3)), (((DateTimeOffset)measured.Properties["FirstUsed"].Value).ToLocalTime(), ((DateTimeOffset)measured.Properties["LastUsed"].Value).ToLocalTime()));
        Assert.Equal(
            "2026-02-01: 3|2026-02-04: 1",
            string.Join('|', ((System.Collections.IEnumerable)measured.Properties["UsesByDay"].Value).Cast<object>()));
    }

    [Theory]
    [InlineData("Measure-EpPromotionCode One, Two", "One 35 4, Two 10 1")]
    [InlineData("'One' | Measure-EpPromotionCode -StartsWith J1, b, none", "One 5 1 J1, One 10 0 b, One 0 0 none")]
    [InlineData("Get-EpPromotionJob One -Name j2 | Measure-EpPromotionCode", "One 5 1 j2")]
    [InlineData("$j = Get-EpPromotionJob One -Name j2; Measure-EpPromotionCode One -JobId $j.JobId", "One 5 1 j2")]
    [InlineData("Get-EpPromotionRun r1 | Measure-EpPromotionCode | Sort-Object PromotionName", "One 15 2 r1, Two 10 1 r1")]
    [InlineData("Measure-EpPromotionCode -Run R1 | Sort-Object PromotionName", "One 15 2 r1, Two 10 1 r1")]
    [InlineData("Request-EpPromotionCode 15 -Promotion One -Name r1 -CodePrefix r1 -BatchSize 10 | Measure-EpPromotionCode", "One 15 2 r1")]
    public async Task Codes_are_those_of_promotions_jobs_runs_and_beginnings(string command, string expected)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run(
            """
            'One' | New-EpPromotionJob 5 -Name j1 -CodePrefix j1 | Wait-EpPromotionJob
            'One' | New-EpPromotionJob 5 -Name j2 -CodePrefix j2 | Wait-EpPromotionJob
            'One' | New-EpPromotionJob 10 -CodePrefix b | Wait-EpPromotionJob
            'One' | Request-EpPromotionCode 15 -Name r1 -CodePrefix r1 -BatchSize 10
            'Two' | Request-EpPromotionCode 10 -Name r1 -CodePrefix r1
            """).ThrowIfFailed();
        foreach ((string promotion, string prefix, int count) in new[] { (one, "j1", 1), (one, "j2", 1), (one, "r1", 2), (two, "r1", 1) })
        {
            foreach (SandboxCode code in sandbox.Store.Codes(promotion).Where(code => code.Code.StartsWith(prefix, StringComparison.Ordinal)).Take(count))
            {
                sandbox.Store.AddUsage(promotion, code.Code, "");
            }
        }

        RunResult result = session.Run($"{command} | ForEach-Object {{ \"$($_.PromotionName) $($_.Codes) $($_.Used) $($_.Run)$($_.JobName)$($_.StartsWith)\".Trim() }}").ThrowIfFailed();

        Assert.Equal(expected.Replace("R1", "r1", StringComparison.Ordinal), string.Join(", ", result.Output).Replace("R1", "r1", StringComparison.Ordinal));
    }

    /// <summary>The limit itself is in no response. The failed job shows that it is below 12 + 8.</summary>
    [Fact]
    public async Task The_room_is_known_as_far_as_jobs_show_it()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Small", codesLimit: 15).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("12, 8 | ForEach-Object { 'Small' | New-EpPromotionJob $_ -CodePrefix a | Wait-EpPromotionJob -ErrorAction Ignore }").ThrowIfFailed();

        RunResult result = session.Run("Measure-EpPromotionCode Small -StartsWith a; $null = Request-EpPromotionCode 8 -Promotion Small -WhatIf; Request-EpPromotionCode 7 -Promotion Small -WhatIf").ThrowIfFailed();

        Assert.Equal(["12"], result.Values("CodesOnPromotion"));
        Assert.Equal(("0", "7"), (result.Values("MinRoom").Single(), result.Values("MaxRoom").Single()));
        string warning = Assert.Single(result.Warnings);
        Assert.StartsWith($"Promotion 'Small' ({id}) seems to have room for at most 7 codes, and 8 are requested: job ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotions_Standard_has_no_usages_but_counts_what_is_left_of_codes()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { IncludeSeedData = true });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotion -Kind Standard | Measure-EpPromotionCode").ThrowIfFailed();

        Assert.NotEmpty(result.Output);
        Assert.All(result.Values("Kind"), kind => Assert.Equal("Standard", kind));
        Assert.All(result.Warnings, warning => Assert.Contains("which does not list usages", warning, StringComparison.Ordinal));
        Assert.Equal(result.Output.Count, result.Warnings.Count);
        Assert.DoesNotContain(sandbox.Requests, request => request.PathAndQuery.Contains("usages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Measure-EpPromotionCode Missing", "PromotionNameNotFound")]
    [InlineData("'One' | New-EpPromotionJob -Export | Wait-EpPromotionJob | Measure-EpPromotionCode", "JobGeneratesNoCodes")]
    [InlineData("Measure-EpPromotionCode -Run missing", "RunNotFound")]
    public async Task What_cannot_be_measured_is_an_error(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.StartsWith($"{errorId},", Assert.Single(session.Run(command).ErrorIds), StringComparison.Ordinal);
    }
}
