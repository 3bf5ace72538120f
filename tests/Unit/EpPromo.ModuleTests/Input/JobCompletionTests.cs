using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using static EpPromo.ModuleTests.Input.CompletionTests;

namespace EpPromo.ModuleTests.Input;

/// <summary>Tab completion of jobs' names and codes' prefixes, and for how long what was read is kept.</summary>
public sealed class JobCompletionTests
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.UtcNow.AddDays(-1);

    [Theory]
    [InlineData("New-EpPromotionJob -Promotion Summer -CodePrefix ", "'O''B-',summer")]
    [InlineData("New-EpPromotionJob -Promotion Summer -CodePrefix sum", "summer")]
    [InlineData("New-EpPromotionJob -Promotion Summer -Prefix 'SUM", "summer")]
    [InlineData("Request-EpPromotionCode -Promotion Summer -CodePrefix \"o'", "'O''B-'")]
    [InlineData("Request-EpPromotionCode 5 -CodePrefix ", "winter,'O''B-',summer")]
    [InlineData("Get-EpPromotion 'Summer*' | New-EpPromotionJob 5 -CodePrefix win", "winter")]
    [InlineData("Get-EpPromotionCode Winter -StartsWith ", "winter")]
    [InlineData("Get-EpPromotion -Kind Standard | New-EpPromotionJob 5 -CodePrefix ", "loyal")]
    [InlineData("Request-EpPromotionCode 5 -Kind Standard -Promotion summer -CodePrefix ", "loyal")]
    public async Task Prefixes_are_completed_the_newest_first(string line, string expected)
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(expected.Split(','), Complete(session, line));
    }

    [Fact]
    public async Task The_tooltip_of_a_prefix_says_how_many_codes_have_it()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        CompletionResult prefix = Assert.Single(Matches(session, "New-EpPromotionJob -Promotion Summer -CodePrefix summ"));

        Assert.StartsWith("summer: 5 codes, Summer, ", prefix.ToolTip, StringComparison.Ordinal);
        Assert.Equal("summer", prefix.ListItemText);
    }

    [Theory]
    [InlineData("Get-EpPromotionJob Summer -Name ", "Mistake,'Anna''s `[1`]',June,May")]
    [InlineData("Get-EpPromotionJob Summer -Name ju", "June")]
    [InlineData("Get-EpPromotion | Get-EpPromotionJob -Name ", "Mistake,January,'Anna''s `[1`]',June,May")]
    public async Task Names_of_jobs_are_completed_and_can_be_used_as_they_are(string line, string expected)
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        string[] names = Complete(session, line);

        Assert.Equal(expected.Split(','), names);
        Assert.All(names, name => Assert.NotEmpty(session.Run($"Get-EpPromotion | Get-EpPromotionJob -Name {name}").ThrowIfFailed().Output));
    }

    [Theory]
    [InlineData("Get-EpPromotionJob ", "Get-EpPromotionJob -Promotion summ")]
    [InlineData("Get-EpPromotion su", "Get-EpPromotion -PromotionId summ")]
    [InlineData("New-EpPromotionJob -Promotion su", "Request-EpPromotionCode -Promotion 'Summ")]
    [InlineData("Get-EpPromotionJob Summer -JobId ", "Wait-EpPromotionJob -Promotion Summer -JobId ju")]
    [InlineData("New-EpPromotionJob -CodePrefix ", "Request-EpPromotionCode -CodePrefix sum")]
    [InlineData("Request-EpPromotionCode -CodePrefix ", "Get-EpPromotionJob -Run ")]
    public async Task What_was_read_is_kept_for_the_next_completion(string first, string second)
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        Complete(session, first);
        int requests = sandbox.Requests.Count;

        Complete(session, second);

        Assert.Equal(requests, sandbox.Requests.Count);
    }

    /// <summary>A search that was cut off has not found all that match a longer word.</summary>
    [Fact]
    public async Task A_search_with_too_many_results_is_not_kept()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        for (int i = 0; i < 150; i++)
        {
            sandbox.Store.AddPromotion($"Promo {i}");
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(100, Complete(session, "Get-EpPromotionJob pro").Length);
        Assert.Equal(["'Promo 149'"], Complete(session, "Get-EpPromotionJob 'promo 149"));
    }

    [Theory]
    [InlineData("New-EpPromotionJob -CodePrefix ", "endpoint=job-list action=status status=403")]
    [InlineData("New-EpPromotionJob -CodePrefix ", "endpoint=promotion-list action=stall-headers time=1m")]
    [InlineData("Get-EpPromotionCode Summer -StartsWith ", "endpoint=job-list action=malformed")]
    [InlineData("Get-EpPromotionJob Summer -Name ", "endpoint=job-list action=stall-headers time=1m")]
    [InlineData("New-EpPromotionJob -Promotion nothing -CodePrefix ", "endpoint=token action=delay time=0s")]
    public async Task Failures_are_silent(string line, string fault)
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(fault);
        session.Run("$Error.Clear()").ThrowIfFailed();

        Assert.DoesNotContain(Complete(session, line), text => text is "summer" or "June");
        Assert.Empty(session.Run("$Error").Output);
    }

    private static async Task<SandboxServer> StartAsync()
    {
        SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string summer = sandbox.Store.AddPromotion("Summer").Id;
        string winter = sandbox.Store.AddPromotion("Winter").Id;
        string standard = sandbox.Store.AddStandardPromotion("Summer").Id;
        Add(summer, "May", "summer", 2, 1);
        Add(summer, "June", "summer", 3, 2);
        Add(summer, "Anna's [1]", "O'B-", 1, 5);
        Add(winter, "January", "winter", 1, 6);
        Add(winter, "", null, 1, 7);
        Add(summer, "Mistake", "sumer", 4, 8, "cancelled");
        Add(standard, "Members", "loyal", 1, 3);
        return sandbox;

        void Add(string promotion, string name, string? prefix, int codes, int hour, string status = "completed") => sandbox.Store.AddFinishedJob(
            promotion,
            new JobSpec { JobType = JobSpec.Generate, Name = name.Length == 0 ? null : name, NumberOfCodes = codes, CodePrefix = prefix },
            status,
            s_start.AddHours(hour),
            TimeSpan.FromSeconds(2));
    }
}
