using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>Promotions Standard: -Kind once at the start of a pipeline; everything after it knows the kind.</summary>
public sealed class StandardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task A_pipeline_needs_the_kind_once_and_uses_the_paths_of_that_kind_only()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        SandboxPromotion promotion = sandbox.Store.AddStandardPromotion("Loyalty");
        sandbox.Store.AddPromotion("Loyalty");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            """
            Get-EpPromotion -Kind Standard 'Loyal*' -OutVariable promotions |
                New-EpPromotionJob 5 -CodePrefix member -ConsumeUnit PerItem -OutVariable created |
                Wait-EpPromotionJob -OutVariable ended |
                Export-EpPromotionCode $args[0] -OutVariable files | Out-Null
            $codes = Receive-EpPromotionJob $ended
            $promotions + $created + $ended + $files + $codes | ForEach-Object { "$($_.Kind) $($_.PromotionId)" } | Select-Object -Unique
            $promotions.PromotionType
            (Import-Csv $files.FullName).code -join ' '
            """,
            _folder).ThrowIfFailed();

        string codes = string.Join(' ', sandbox.Store.Codes(promotion.Id).Select(code => code.Code));
        Assert.Equal([$"Standard {promotion.Id}", "percent_discount", codes], result.Output.Select(line => line.ToString()));
        Assert.All(sandbox.Store.Codes(promotion.Id), code => Assert.Equal("per_item", code.Terms.ConsumeUnit));
        Assert.All(
            sandbox.Requests.Where(request => request.Origin == "api" && !request.PathAndQuery.StartsWith("/oauth", StringComparison.Ordinal)),
            request => Assert.StartsWith("/v2/promotions", request.PathAndQuery, StringComparison.Ordinal));
        Assert.StartsWith("""{"data":{"type":"promotion_job",""", sandbox.Writes().First().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-EpPromotionJob 1 -Promotion loyalty -Kind Standard")]
    [InlineData("'loyalty' | New-EpPromotionJob 1 -Kind Standard")]
    [InlineData("$id | New-EpPromotionJob 1 -Kind standard")]
    [InlineData("Get-EpPromotion -PromotionId $id -Kind Standard | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ Promotion = 'Loyalty'; Kind = 'standard' } | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ PromotionId = $id; Kind = ' Standard '; Store = '' } | New-EpPromotionJob 1")]
    [InlineData("[pscustomobject]@{ PromotionId = $id; Kind = '' } | New-EpPromotionJob 1 -Kind Standard")]
    [InlineData("$job | New-EpPromotionJob")]
    [InlineData("$run | New-EpPromotionJob 1")]
    [InlineData("$code | New-EpPromotionJob 1")]
    [InlineData("Copy-Object $job | New-EpPromotionJob 1")]
    [InlineData("Copy-Object $run | New-EpPromotionJob 1")]
    [InlineData("Get-EpPromotionRun -Kind Standard | New-EpPromotionJob 1")]
    [InlineData("Copy-Object $code | New-EpPromotionJob 1")]
    [InlineData("$job | ConvertTo-Json | ConvertFrom-Json | New-EpPromotionJob 1")]
    [InlineData("$job | ConvertTo-Csv | ConvertFrom-Csv | New-EpPromotionJob")]
    public async Task Names_ids_objects_and_rows_mean_the_promotion_of_their_kind(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        string other = sandbox.Store.AddPromotion("Loyalty").Id;
        using ModuleSession session = Prepare(sandbox, id);
        int before = sandbox.Store.Jobs(id).Count;

        RunResult made = session.Run(command).ThrowIfFailed();

        Assert.Equal([id], made.Values("PromotionId"));
        Assert.Equal(["Loyalty"], made.Values("PromotionName"));
        Assert.Equal(["Standard"], made.Values("Kind"));
        Assert.Equal(before + 1, sandbox.Store.Jobs(id).Count);
        Assert.Empty(sandbox.Store.Jobs(other));
    }

    [Theory]
    [InlineData("Get-EpPromotionJob loyalty -Kind Standard", "JobId")]
    [InlineData("Get-EpPromotionJob -Run $run", "JobId")]
    [InlineData("Get-EpPromotionJob -Run loyal1 -Kind Standard", "JobId")]
    [InlineData("Get-EpPromotionJob -Run (Copy-Object $run)", "JobId")]
    [InlineData("Wait-EpPromotionJob -Kind Standard -Promotion Loyalty -JobId $job.JobId", "JobId")]
    [InlineData("Receive-EpPromotionJob -Run loyal1 -Kind Standard", "Code")]
    [InlineData("Copy-Object $run | Receive-EpPromotionJob", "Code")]
    [InlineData("Get-EpPromotionRun -Kind Standard | Receive-EpPromotionJob", "Code")]
    [InlineData("Get-EpPromotionRun loyal1 -Promotion $id -Kind Standard", "Name")]
    [InlineData("Measure-EpPromotionCode Loyalty -Kind Standard", "Codes")]
    [InlineData("Get-EpPromotionCode Loyalty -Kind Standard", "Code")]
    [InlineData("Export-EpPromotionCode $folder/a.csv -Promotion Loyalty -Kind Standard", "FullName")]
    [InlineData("Export-EpPromotionCode $folder/b.json -Run loyal1 -Kind Standard", "FullName")]
    public async Task Commands_that_can_start_a_pipeline_have_Kind(string command, string property)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        sandbox.Store.AddPromotion("Loyalty");
        using ModuleSession session = Prepare(sandbox, id);

        RunResult result = session.Run(command).ThrowIfFailed();

        Assert.NotEmpty(result.Output);
        Assert.All(result.Output, item => Assert.Equal("Standard", item.Properties["Kind"].Value.ToString()));
        Assert.All(result.Output, item => Assert.NotEmpty(item.Properties[property].Value.ToString()!));
    }

    [Fact]
    public async Task A_run_is_resumed_and_a_job_is_cancelled()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { DurationPerCode = TimeSpan.FromMilliseconds(5) });
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        session.Run("Request-EpPromotionCode 250 -Promotion Loyalty -Kind Standard -Name big -BatchSize 100 -ConsumeUnit per_item").ThrowIfFailed();
        RunResult again = session.Run("Request-EpPromotionCode 250 -Promotion Loyalty -Kind Standard -Name BIG -BatchSize 100").ThrowIfFailed();
        sandbox.Store.AddJob(id, new JobSpec { JobType = JobSpec.Generate, NumberOfCodes = 1000 });
        RunResult stopped = session.Run("Get-EpPromotionJob loyalty -Kind Standard -Status pending, processing | Stop-EpPromotionJob -Force -Wait");

        Assert.Equal(["250"], again.Values("Generated"));
        Assert.Equal(3, sandbox.Store.Jobs(id).Count(job => job.Spec.ConsumeUnit == "per_item"));
        Assert.Empty(stopped.Errors);
    }

    [Theory]
    [InlineData("New-EpPromotionJob 1 -Promotion Loyalty -Kind Standard -ConsumeUnit per_checkout", "per_cart or per_item")]
    [InlineData("Request-EpPromotionCode 1 -Promotion Loyalty -Kind Standard -ConsumeUnit PerApplication", "per_cart or per_item")]
    [InlineData("New-EpPromotionJob 1 -Promotion Summer -ConsumeUnit PerCart", "per_checkout or per_application")]
    [InlineData("Request-EpPromotionCode 1 -Promotion Summer -ConsumeUnit per_item", "per_checkout or per_application")]
    [InlineData("[pscustomobject]@{ Promotion = 'Summer'; Kind = 'Rule'; ConsumeUnit = 'per_item' } | New-EpPromotionJob 1", "per_checkout or per_application")]
    public async Task The_consume_unit_is_checked_for_the_kind_before_anything_is_sent(string command, string units)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddStandardPromotion("Loyalty");
        sandbox.Store.AddPromotion("Summer");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        ErrorRecord error = Assert.Single(session.Run(command).Errors);

        Assert.StartsWith("BadConsumeUnit,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(units, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, sandbox.Requests.Count);
    }

    [Fact]
    public async Task Codes_are_added_listed_and_removed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Get-EpPromotion -Kind Standard | Add-EpPromotionCode ONE, TWO, THREE -ConsumeUnit per_item").ThrowIfFailed();
        RunResult listed = session.Run("Get-EpPromotionCode Loyalty -Kind Standard -StartsWith T");

        Assert.Equal(["THREE", "TWO"], listed.ThrowIfFailed().Values("Code"));
        Assert.Equal(["Standard", "Standard"], listed.Values("Kind"));
        Assert.All(sandbox.Store.Codes(id), code => Assert.Equal("per_item", code.Terms.ConsumeUnit));
        session.Run("Get-EpPromotionCode Loyalty -Kind Standard -StartsWith T | Remove-EpPromotionCode -Force").ThrowIfFailed();
        session.Run("Remove-EpPromotionCode one -Promotion Loyalty -Kind Standard -Force").ThrowIfFailed();

        Assert.Empty(sandbox.Store.Codes(id));
        Assert.All(sandbox.Writes(), request => Assert.StartsWith($"/v2/promotions/{id}/codes", request.PathAndQuery, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Promotions_of_two_kinds_and_one_name_have_files_of_their_own()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddCodes(sandbox.Store.AddStandardPromotion("Summer").Id, ["STANDARD"]);
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("Summer").Id, ["RULE"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run("@(Get-EpPromotion) + @(Get-EpPromotion -Kind Standard) | Export-EpPromotionCode \"$($args[0])/\"", _folder).ThrowIfFailed();

        Assert.Equal(["Summer (Standard)_codes.csv", "Summer_codes.csv"], files.Values("Name").Order(StringComparer.Ordinal));
        Assert.Equal(["STANDARD"], session.Run("(Import-Csv \"$($args[0])/Summer (Standard)_codes.csv\").code", _folder).ThrowIfFailed().Output.Select(code => code.ToString()));
    }

    /// <summary>The store's own CSV has no such column.</summary>
    [Fact]
    public async Task Codes_in_other_formats_than_CSV_keep_their_kind()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddStandardPromotion("Summer").Id;
        sandbox.Store.AddCodes(id, ["ONE", "TWO"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(
            """
            Export-EpPromotionCode "$($args[0])/codes.json" -Promotion Summer -Kind Standard | Out-Null
            Get-Content "$($args[0])/codes.json" | ConvertFrom-Json | ForEach-Object { $_ } | Remove-EpPromotionCode -Force
            """,
            _folder).ThrowIfFailed();

        Assert.Empty(sandbox.Store.Codes(id));
    }

    [Theory]
    [InlineData("New-EpPromotionJob 1 -Promotion Summer -Kind Standard", "Promotion 'Summer' (Standard)")]
    [InlineData("New-EpPromotionJob 1 -Promotion Summer", "Promotion 'Summer'")]
    [InlineData("Request-EpPromotionCode 1 -Promotion Summer -Kind Standard", "on promotion 'Summer' (Standard) for run")]
    [InlineData("Add-EpPromotionCode A -Promotion Summer -Kind Standard", "Promotion 'Summer' (Standard)")]
    public async Task Prompts_say_which_of_two_promotions_of_one_name_is_meant(string command, string prompt)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddStandardPromotion("Summer");
        sandbox.Store.AddPromotion("Summer");
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run(command + " -WhatIf").ThrowIfFailed();

        Assert.Contains(prompt, host.Screen, StringComparison.Ordinal);
        Assert.Equal(prompt.Contains("Standard", StringComparison.Ordinal), host.Screen.Contains("(Standard)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    [InlineData("$undefined")]
    public async Task An_empty_kind_does_not_select_rule_promotions(string kind)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Single(session.Run($"New-EpPromotionJob 1 -Promotion Summer -Kind {kind}").Errors);
        Assert.Empty(sandbox.Store.Jobs(id));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A session with an ended job, a code of it, and an ended run on the promotion.</summary>
    private ModuleSession Prepare(SandboxServer sandbox, string id)
    {
        ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run(
            """
            $global:id, $global:folder = $args
            function global:Copy-Object($item) {
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($item))
            }
            $global:job = New-EpPromotionJob 1 -Promotion $id -Kind Standard | Wait-EpPromotionJob
            $global:code = $job | Receive-EpPromotionJob
            $global:run = Request-EpPromotionCode 1 -Promotion $id -Kind Standard -Name loyal1
            """,
            id,
            _folder).ThrowIfFailed();
        return session;
    }
}
