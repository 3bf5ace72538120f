using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>A promotion as the input of a command: a name, an id, an object or a row of a table.</summary>
public sealed class PromotionInputTests
{
    /// <summary>Each command makes one job on the promotion.</summary>
    [Theory]
    [InlineData("New-EpPromotionJob 1 -Promotion 'summer SALE'")]
    [InlineData("New-EpPromotionJob 1 -PromotionName ' Summer Sale '")]
    [InlineData("'SUMMER SALE' | New-EpPromotionJob 1")]
    [InlineData("$id | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ Promotion = 'summer sale' } | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ Promotion = $id } | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ PromotionName = 'summer sale' } | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ PromotionId = $id; Promotion = 'summer sale' } | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ PromotionId = ''; Promotion = 'Summer Sale' } | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ Promotion = Get-EpPromotion 'Summer Sale' } | New-EpPromotionJob 1")]
    [InlineData("Get-EpPromotion 'Summer Sale' | New-EpPromotionJob 1")]
    [InlineData("$job | New-EpPromotionJob")]
    [InlineData("New-EpPromotionJob 1 -Promotion $job")]
    [InlineData("$run | New-EpPromotionJob 1")]
    [InlineData("$code | New-EpPromotionJob 1")]
    [InlineData("Copy-Object $job | New-EpPromotionJob 1")]
    [InlineData("Copy-Object (Get-EpPromotion 'Summer Sale') | New-EpPromotionJob 1")]
    [InlineData("New-EpPromotionJob 1 -Promotion (Copy-Object $run)")]
    [InlineData("'Promotion,Count', 'SUMMER SALE,1' | ConvertFrom-Csv | Request-EpPromotionCode | ForEach-Object { Get-EpPromotionJob $_.PromotionId -Newest 1 }")]
    public async Task Names_ids_objects_and_rows_mean_the_same_promotion(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        sandbox.Store.AddPromotion("Winter");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run(
            """
            $global:id = $args[0]
            function global:Copy-Object($item) {
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($item))
            }
            $global:job = New-EpPromotionJob 1 -Promotion $id | Wait-EpPromotionJob
            $global:code = $job | Receive-EpPromotionJob
            $global:run = Request-EpPromotionCode 1 -Promotion $id
            """,
            id).ThrowIfFailed();
        int before = sandbox.Store.Jobs(id).Count;

        RunResult made = session.Run(command).ThrowIfFailed();

        Assert.Equal([id], made.Values("PromotionId"));
        Assert.Equal(["Summer Sale"], made.Values("PromotionName"));
        Assert.Equal(before + 1, sandbox.Store.Jobs(id).Count);
    }

    [Theory]
    [InlineData("'sumer sale' | New-EpPromotionJob 1", "PromotionNameNotFound", "'Summer Sale'")]
    [InlineData("New-EpPromotionJob 1 -Promotion Double", "AmbiguousPromotion", "$double")]
    [InlineData("Get-EpPromotionJob double", "AmbiguousPromotion", "$other")]
    [InlineData("'PromotionId', 'Summer' | ConvertFrom-Csv | New-EpPromotionJob 1", "PromotionIdIsName", "'Summer' in the column PromotionId is the name")]
    [InlineData("'PromotionId', 'Summer Sale' | ConvertFrom-Csv | Request-EpPromotionCode 1", "PromotionIdIsName", "'Summer Sale' in the column")]
    [InlineData("'Name,Count', 'Summer Sale,1' | ConvertFrom-Csv | Request-EpPromotionCode", "NoPromotion", "Name, Count")]
    [InlineData("[pscustomobject]@{ Promotion = ' '; Count = 1 } | Request-EpPromotionCode", "NoPromotion", "Promotion, Count")]
    [InlineData("'' | New-EpPromotionJob 1", "NoPromotion", "the value is empty")]
    public async Task What_means_no_promotion_or_several_is_an_error_and_nothing_is_changed(string command, string errorId, string expected)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer Sale");
        sandbox.Store.AddPromotion("Summer");
        string[] doubles = [sandbox.Store.AddPromotion("Double").Id, sandbox.Store.AddPromotion("DOUBLE").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            expected.Replace("$double", doubles[0], StringComparison.Ordinal).Replace("$other", doubles[1], StringComparison.Ordinal),
            error.ToString(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task An_empty_table_is_an_error_and_a_search_that_finds_nothing_is_a_warning()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        RunResult tables = session.Run("Get-EpStore; @() | New-EpPromotionJob 1; 'Promotion,Count' | ConvertFrom-Csv | Request-EpPromotionCode");

        Assert.Equal(
            ["NoPromotions,EpPromo.PowerShell.NewEpPromotionJobCommand", "NoPromotions,EpPromo.PowerShell.RequestEpPromotionCodeCommand"],
            tables.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Empty(tables.Warnings);
        Assert.Equal(before, sandbox.Requests.Count);

        RunResult searches = session.Run(
            """
            Get-EpPromotion 'x*' | New-EpPromotionJob 1
            Get-EpPromotion 'S*' |
                Where-Object Name -eq 'x' | Request-EpPromotionCode 1
            """).ThrowIfFailed();

        Assert.Empty(searches.Output);
        Assert.Equal(["New-EpPromotionJob", "Request-EpPromotionCode"], searches.Warnings.Select(warning => warning.Split(' ')[0]));
        Assert.Empty(sandbox.Writes());
    }

    [Theory]
    [InlineData("Get-EpPromotion 'summer sale'", "Summer Sale")]
    [InlineData("'Summer Sale', 'winter' | Get-EpPromotion", "Summer Sale,Winter")]
    [InlineData("'S*' | Get-EpPromotion", "Summer Sale")]
    [InlineData("$id | Get-EpPromotion", "Summer Sale")]
    [InlineData("Get-EpPromotion -Name W*, 'Summer Sale'", "Winter,Summer Sale")]
    [InlineData("Get-EpPromotion -PromotionId $id", "Summer Sale")]
    [InlineData("'Promotion', 'winter' | ConvertFrom-Csv | Get-EpPromotion", "Winter")]
    public async Task Get_EpPromotion_takes_names_and_ids(string command, string names)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        sandbox.Store.AddPromotion("Winter");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$id = $args[0]; " + command, id).ThrowIfFailed();

        Assert.Equal(names, string.Join(',', result.Values("Name")));
    }

    /// <summary>Pages of the list have 100 promotions; they are read once in a session.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 10)]
    public async Task Names_cost_one_list_in_a_session(int promotions, int pages)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [.. Enumerable.Range(0, promotions).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        session.Run(
            """
            $args | Select-Object -First 5 | Get-EpPromotionJob
            'P0' | New-EpPromotionJob 1 | Wait-EpPromotionJob | Out-Null
            Get-EpPromotionJob p0 | Out-Null
            Request-EpPromotionCode 1 -Promotion P0 | Out-Null
            """,
            [.. ids]).ThrowIfFailed();

        Assert.Equal(
            pages,
            sandbox.Requests.Skip(before).Count(request => request.PathAndQuery.StartsWith("/v2/rule-promotions?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_automatic_promotion_is_rejected_before_a_create()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Free Shipping", automatic: true).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult job = session.Run("$old = Get-EpPromotion; $old | New-EpPromotionJob 1 -WhatIf");
        RunResult run = session.Run("Request-EpPromotionCode 1 -Promotion 'free shipping' -WhatIf");
        RunResult export = session.Run("$old | New-EpPromotionJob -Export");

        Assert.All([job, run], one => Assert.StartsWith("AutomaticPromotion,", Assert.Single(one.ErrorIds), StringComparison.Ordinal));
        Assert.Contains($"Promotion 'Free Shipping' ({id}) is automatic", job.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Single(export.ThrowIfFailed().Output);
        Assert.Single(sandbox.Writes());
    }

    /// <summary>An object, and what the session knows, can be old.</summary>
    [Theory]
    [InlineData("$old | New-EpPromotionJob 2")]
    [InlineData("Request-EpPromotionCode 2 -Promotion 'free shipping'")]
    public async Task A_promotion_that_is_no_longer_automatic_takes_codes(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Free Shipping", automatic: true).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("$old = Get-EpPromotion").ThrowIfFailed();

        sandbox.Store.UpdatePromotion(id, promotion => promotion with { Automatic = false });
        session.Run(command).ThrowIfFailed();

        Assert.Single(sandbox.Store.Jobs(id));
    }

    /// <summary>The two sandboxes give the same ids, as two stores may.</summary>
    [Fact]
    public async Task A_pipeline_over_two_stores_uses_the_store_of_each_object()
    {
        await using SandboxServer eu = await Sandboxes.StartQuickAsync();
        await using SandboxServer us = await Sandboxes.StartQuickAsync();
        string inEu = eu.Store.AddPromotion("Summer Sale").Id;
        string inUs = us.Store.AddPromotion("Winter").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(eu, "-Name eu");
        session.Connect(us, "-Name us").ThrowIfFailed();

        RunResult objects = session.Run(
            "(Get-EpPromotion -Store eu), (Get-EpPromotion -Store us) | New-EpPromotionJob 1 | Wait-EpPromotionJob | Sort-Object Store").ThrowIfFailed();
        RunResult rows = session.Run(
            "'Store,Promotion', 'us,winter', 'EU,Summer Sale' | ConvertFrom-Csv | Request-EpPromotionCode 1 | Sort-Object Store").ThrowIfFailed();
        RunResult wrong = session.Run("'Store,Promotion', 'asia,winter', 'us,Summer Sale' | ConvertFrom-Csv | New-EpPromotionJob 1");

        Assert.Equal(["eu", "us"], objects.Values("Store"));
        Assert.Equal([inEu, inUs], objects.Values("PromotionId"));
        Assert.Equal(["eu", "us"], rows.Values("Store"));
        Assert.Equal(["Summer Sale", "Winter"], rows.Values("PromotionName"));
        Assert.Equal(["UnknownStore", "PromotionNameNotFound"], wrong.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.Equal([2, 2], [eu.Store.Jobs(inEu).Count, us.Store.Jobs(inUs).Count]);
    }

    [Fact]
    public async Task An_object_of_a_closed_store_is_an_error_and_no_other_store_is_used()
    {
        await using SandboxServer eu = await Sandboxes.StartQuickAsync("Summer Sale");
        await using SandboxServer us = await Sandboxes.StartQuickAsync("Summer Sale");
        using ModuleSession session = ModuleSession.ConnectedTo(eu, "-Name eu");

        session.Run("$promotion = Get-EpPromotion").ThrowIfFailed();
        session.Connect(us, "-Name us").ThrowIfFailed();
        RunResult result = session.Run("Disconnect-EpStore eu; $promotion | New-EpPromotionJob 1");

        Assert.StartsWith("StoreClosed,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(eu.Writes().Concat(us.Writes()));
    }
}
