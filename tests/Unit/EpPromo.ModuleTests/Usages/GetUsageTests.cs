using System.Globalization;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Usages;

/// <summary>Get-EpPromotionUsage returns the usages of promotions, jobs, runs and codes.</summary>
public sealed class GetUsageTests
{
    private const string Emails = "| ForEach-Object CustomerEmail | Sort-Object";

    [Fact]
    public async Task A_usage_says_who_used_which_code_in_which_order()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(id, ["SAVE10"]);
        SandboxUsage usage = sandbox.Store.AddUsage(id, "SAVE10", "ada@example.com", usage => usage with { TimesUsed = 2, AccountId = Guid.Empty });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-Name live");

        RunResult result = session.Run("Get-EpPromotionUsage summer").ThrowIfFailed();

        Assert.Equal(
            ["SAVE10", "2", "ada@example.com", "False", usage.Id.ToString(), usage.OrderId.ToString(), usage.CodeId.ToString(), usage.CustomerId.ToString()],
            "Code TimesUsed CustomerEmail Anonymized UsageId OrderId CodeId CustomerId".Split(' ').Select(name => result.Values(name).Single()));
        Assert.Equal(
            [id, "Summer", "live", Guid.Empty.ToString()],
            "PromotionId PromotionName Store AccountId".Split(' ').Select(name => result.Values(name).Single()));
        Assert.Equal(usage.UsedOn!.Value.ToUnixTimeMilliseconds(), ((DateTimeOffset)result.Output[0].Properties["UsedOn"].Value).ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("Get-EpPromotionUsage one, two", "1a 1a2 1b 2c")]
    [InlineData("'one', 'two' | Get-EpPromotionUsage", "1a 1a2 1b 2c")]
    [InlineData("Get-EpPromotion one | Get-EpPromotionUsage", "1a 1a2 1b")]
    [InlineData("[pscustomobject]@{ PromotionId = $args[0] } | Get-EpPromotionUsage", "1a 1a2 1b")]
    [InlineData("Get-EpPromotionUsage one -Code ' a '", "1a 1a2")]
    [InlineData("Get-EpPromotionUsage one -Code B, none", "1b")]
    [InlineData("'Promotion,Code', 'one,b', 'one,C', 'two,c' | ConvertFrom-Csv | Get-EpPromotionUsage", "1b 2c")]
    [InlineData("Get-EpPromotionUsage two | Get-EpPromotionUsage", "2c")]
    [InlineData("Get-EpPromotionUsage one -Since 2026-02-02", "1a2 1b")]
    [InlineData("Get-EpPromotionUsage one -Since 2026-02-02T00:00:01", "1b")]
    [InlineData("Get-EpPromotionUsage one -Before 2026-02-02", "1a")]
    [InlineData("Get-EpPromotionUsage one -Since ([datetime] '2026-02-01') -Before ([datetimeoffset] '2026-02-02T00:00:01')", "1a 1a2")]
    [InlineData("Get-EpPromotionUsage one -Code A -Since 2026-02-02", "1a2")]
    public async Task Promotions_codes_and_a_period_select_usages(string command, string expected)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        sandbox.Store.AddCodes(one, ["A", "B", "C"]);
        sandbox.Store.AddCodes(two, ["A", "C"]);
        Use(sandbox, one, "A", "1a", "2026-02-01T23:59:59");
        Use(sandbox, one, "A", "1a2", "2026-02-02");
        Use(sandbox, one, "B", "1b", "2026-02-03");
        Use(sandbox, two, "C", "2c", "2026-02-03");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run($"{command} {Emails}", one).ThrowIfFailed();

        Assert.Equal(expected, string.Join(' ', result.Output));
        Assert.Empty(result.Warnings);
    }

    /// <summary>As with exports: of a job or a run, only the codes that it has generated.</summary>
    [Theory]
    [InlineData("Get-EpPromotionJob One -Name j1 | Get-EpPromotionUsage", "j1")]
    [InlineData("$j = Get-EpPromotionJob One -Name j1; Get-EpPromotionUsage One -JobId $j.JobId", "j1")]
    [InlineData("Get-EpPromotionJob One -Name j1 | Receive-EpPromotionJob | Get-EpPromotionUsage", "j1")]
    [InlineData("Get-EpPromotionUsage -Run r1", "r1 r1")]
    [InlineData("Get-EpPromotionRun r1 | Get-EpPromotionUsage", "r1 r1")]
    [InlineData("Receive-EpPromotionJob -Run r1 | Get-EpPromotionUsage", "r1 r1")]
    [InlineData("Measure-EpPromotionCode -Run r1 | Get-EpPromotionUsage", "r1 r1")]
    [InlineData("Get-EpPromotionJob One -Name j1 | Measure-EpPromotionCode | Get-EpPromotionUsage", "j1")]
    [InlineData("Measure-EpPromotionCode -Run r1 | Where-Object PromotionName -eq One | ConvertTo-Csv | ConvertFrom-Csv | Get-EpPromotionUsage", "r1")]
    [InlineData("Measure-EpPromotionCode One | Get-EpPromotionUsage", "j1 j2 r1")]
    public async Task The_usages_of_a_job_or_run_are_those_of_its_codes(string command, string expected)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run(
            """
            'One' | New-EpPromotionJob 5 -Name j1 -CodePrefix j1 | Wait-EpPromotionJob
            'One' | New-EpPromotionJob 5 -Name j2 -CodePrefix j2 | Wait-EpPromotionJob
            'One', 'Two' | Request-EpPromotionCode 5 -Name r1 -CodePrefix r1
            """).ThrowIfFailed();
        foreach ((string promotion, string prefix) in new[] { (one, "j1"), (one, "j2"), (one, "r1"), (two, "r1") })
        {
            string code = sandbox.Store.Codes(promotion).First(code => code.Code.StartsWith(prefix, StringComparison.Ordinal)).Code;
            sandbox.Store.AddUsage(promotion, code, prefix);
        }

        RunResult result = session.Run($"{command} {Emails}").ThrowIfFailed();

        Assert.Equal(expected, string.Join(' ', result.Output));
    }

    [Fact]
    public async Task The_usages_of_a_code_are_read_by_its_id()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        SandboxCode code = sandbox.Store.AddCodes(id, ["A/B ü"])[0];
        sandbox.Store.AddUsage(id, code.Code, "ada@example.com");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotionCode One | Get-EpPromotionUsage").ThrowIfFailed();

        Assert.Equal(["ada@example.com"], result.Values("CustomerEmail"));
        Assert.StartsWith($"/v2/rule-promotions/{id}/codes/{code.Id}/usages?", sandbox.Requests[^1].PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-EpPromotionUsage One -Since 2026-02-02 -Before 2026-02-02", "BadPeriod")]
    [InlineData("Get-EpPromotionUsage One -Since $null", "ParameterArgumentValidationError")]
    [InlineData("Get-EpPromotionUsage One -Before ''", "ParameterArgumentValidationError")]
    [InlineData("Get-EpPromotionUsage One -Since yesterday", "ParameterArgumentTransformationError")]
    [InlineData("Get-EpPromotionUsage -PromotionId 11111111-1111-1111-1111-111111111111", "NotFound")]
    [InlineData("Get-EpPromotionUsage Missing", "PromotionNameNotFound")]
    [InlineData("Get-EpPromotionUsage One -JobId missing", "JobNotFound")]
    [InlineData("'One' | New-EpPromotionJob -Export | Wait-EpPromotionJob | Get-EpPromotionUsage", "JobGeneratesNoCodes")]
    [InlineData("Get-EpPromotionUsage -Run missing", "RunNotFound")]
    [InlineData("Get-EpPromotion -Kind Standard | Get-EpPromotionUsage", "StandardNotSupported")]
    [InlineData("Get-EpPromotionUsage Loyalty", "OtherPromotionKind")]
    public async Task What_cannot_be_read_is_an_error(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        sandbox.Store.AddStandardPromotion("Loyalty");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command);

        Assert.StartsWith($"{errorId},", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task An_empty_code_is_a_warning()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotionUsage One -Code $unset").ThrowIfFailed();

        Assert.Equal("-Code is empty and is ignored: all usages are returned.", Assert.Single(result.Warnings));
    }

    /// <summary>The store shows 10,100 records of a list; the rest is found by time.</summary>
    [Fact]
    public async Task More_usages_than_a_list_shows_are_returned_each_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, ["A"]);
        for (int i = 0; i < 10_500; i++)
        {
            sandbox.Store.AddUsage(id, "A", "", usage => usage with { UsedOn = usage.UsedOn!.Value.AddMinutes(-i) });
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 2000");

        RunResult result = session.Run("(Get-EpPromotionUsage One).UsageId | Sort-Object -Unique | Measure-Object").ThrowIfFailed();

        Assert.Equal(["10500"], result.Values("Count"));
    }

    private static void Use(SandboxServer sandbox, string promotion, string code, string email, string localTime) =>
        sandbox.Store.AddUsage(promotion, code, email, usage => usage with
        {
            UsedOn = new DateTimeOffset(DateTime.Parse(localTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal)),
        });
}
