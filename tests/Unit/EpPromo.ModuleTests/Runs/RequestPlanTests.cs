using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>The plan that Request-EpPromotionCode shows before it starts.</summary>
public sealed class RequestPlanTests
{
    [Fact]
    public async Task WhatIf_shows_the_plan_of_each_promotion_and_the_total_and_changes_nothing()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        RunResult result = session.Run("$args | Request-EpPromotionCode -Count 2500 -Name bf26 -WhatIf", one, two).ThrowIfFailed();

        string[] shown = host.Screen.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] lines = [.. shown.Where(line => line.StartsWith("What if", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "What if: Generate 2500 codes in 3 jobs (about 14 requests, at least 00:01:01) on promotion 'One' for run 'bf26'.",
                "What if: Generate 2500 codes in 3 jobs (about 14 requests, at least 00:01:01) on promotion 'Two' for run 'bf26'.",
            ],
            lines[..2].OrderBy(line => line.Contains("Two", StringComparison.Ordinal)));
        Assert.Equal(["What if: In total, on 2 promotions: 5000 codes in 6 jobs (about 28 requests, at least 00:01:02)."], lines[2..]);
        Assert.Empty(result.Output);
        Assert.Empty(sandbox.Writes());
    }

    /// <summary>A promotion may have 1000 codes, including those of others, unless its limit was raised. The API does not tell the limit.</summary>
    [Fact]
    public async Task WhatIf_warns_of_more_codes_than_the_default_limit()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0", host: host);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 600 -Name theirs | Wait-EpPromotionJob", id).ThrowIfFailed();

        RunResult more = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 401 -WhatIf", id).ThrowIfFailed();
        RunResult fits = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 400 -WhatIf", id).ThrowIfFailed();

        Assert.StartsWith($"Promotion 'One' ({id}) would have 1001 codes. The limit of a promotion is 1000,", Assert.Single(more.Warnings), StringComparison.Ordinal);
        Assert.Empty(fits.Warnings);
    }

    [Fact]
    public async Task WhatIf_shows_the_rest_of_a_run_and_how_long_its_jobs_take()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromSeconds(1.5) });
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0", host: host);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 4 -Name 'bf26 0001/0003' | Wait-EpPromotionJob", id).ThrowIfFailed();

        session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 12 -BatchSize 4 -Name bf26 -WhatIf", id).ThrowIfFailed();

        Assert.Matches(
            @"What if: Generate 8 codes \(4 already generated or in progress\) in 2 jobs \(about 10 requests, about 00:00:0[345]\) on promotion 'One' for run 'bf26'",
            host.Screen);
        Assert.Single(sandbox.Store.Jobs(id));
        Assert.Equal("RunDiffers", session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 12 -BatchSize 4 -Name bf26 -CodePrefix x -WhatIf", id).ErrorIds.Single().Split(',')[0]);
    }

    [Fact]
    public async Task The_total_gives_the_concurrency_behind_its_time_and_learns_from_all_promotions()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromSeconds(1.5) });
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        RecordingHost host = new(250);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0", host: host);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 4 | Wait-EpPromotionJob", ids[0]).ThrowIfFailed();

        session.Run("Request-EpPromotionCode -Promotion $args -Count 8 -BatchSize 4 -WhatIf", [.. ids]).ThrowIfFailed();

        Assert.Matches(
            @"What if: In total, on 2 promotions: 16 codes in 4 jobs \(about 20 requests, about 00:00:0[345] if the store works on 2 jobs at once, 00:00:0[6789] if it works on one at a time\)\.\s*$",
            host.Screen);
    }

    [Theory]
    [InlineData("-Name bf26", "Generate the missing codes (2500 in total) on promotion 'One' for run 'bf26'")]
    [InlineData("", "Generate 2500 codes in 3 jobs (about 14 requests, at least 00:00:01) on promotion 'One' for run 'ep-")]
    public async Task A_confirmation_before_the_list_is_read_claims_only_what_is_known(string name, string expected)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult run = session.Run($"Request-EpPromotionCode -Promotion $args[0] -Count 2500 {name} -Verbose", id).ThrowIfFailed();

        Assert.Contains(run.Verbose, line => line.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIf_of_one_promotion_has_no_total()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("$WhatIfPreference = $true; Request-EpPromotionCode -Promotion $args[0] -Count 1 -Name bf26", id).ThrowIfFailed();

        Assert.Equal(
            "What if: Generate 1 code in 1 job (about 6 requests, at least 00:01:01) on promotion 'One' for run 'bf26'.\n",
            host.Screen,
            ignoreLineEndingDifferences: true);
    }
}
