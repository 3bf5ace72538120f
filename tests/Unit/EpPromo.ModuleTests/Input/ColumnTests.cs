using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Columns of tables and properties of objects: which of them parameters accept, and which cause a warning.</summary>
public sealed class ColumnTests
{
    [Theory]
    [InlineData("New-EpPromotionJob", "NumberOfCodes = 2; MaxUses = 3; Prefix = 'p'")]
    [InlineData("New-EpPromotionJob", "Count = 2; MaxUsesPerCode = 3; CodePrefix = 'p'")]
    [InlineData("New-EpPromotionJob", "Requested = 2; MaxUses = 3; Prefix = 'p'")]
    [InlineData("Request-EpPromotionCode", "Count = 2; MaxUses = 3; Prefix = 'p'")]
    [InlineData("Request-EpPromotionCode", "NumberOfCodes = 2; MaxUsesPerCode = 3; CodePrefix = 'p'")]
    [InlineData("Request-EpPromotionCode", "Requested = 2; MaxUses = 3; Prefix = 'p'")]
    public async Task Property_names_of_the_modules_own_objects_are_accepted(string command, string cells)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run($"[pscustomobject]@{{ PromotionId = $args[0]; CodeLength = 9; ConsumeUnit = 'per_checkout'; Path = ''; {cells} }} | {command}", id).ThrowIfFailed();

        Assert.Contains(
            "\"parameters\":{\"number_of_codes\":2,\"max_uses_per_code\":3,\"consume_unit\":\"per_checkout\",\"code_prefix\":\"p\",\"code_length\":9}",
            sandbox.Writes().First().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-EpPromotionJob -Count 2", "2")]
    [InlineData("Request-EpPromotionCode -NumberOfCodes 2", "2")]
    public async Task The_same_names_are_accepted_as_parameter_names(string command, string codes)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run($"{command} -PromotionId $args[0] -Prefix p -MaxUses 1", id).ThrowIfFailed();

        Assert.Contains($"\"number_of_codes\":{codes},\"max_uses_per_code\":1", sandbox.Writes().First().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-EpPromotionJob", "NumberOfCodes = 1; MaxUsePerCode = 1; Owner = 'me'", "MaxUsePerCode, Owner", "MaxUsesPerCode")]
    [InlineData("Request-EpPromotionCode", "Count = 1; CodePrefx = 'a'", "CodePrefx", "CodePrefix")]
    [InlineData("Export-EpPromotionCode -Path $folder/ -WhatIf", "Job_Id = 'a'", "Job_Id", "JobId")]
    [InlineData("Get-EpPromotionJob", "Job_Id = 'a'", "Job_Id", "JobId")]
    [InlineData("New-EpPromotionJob -Timeout 100", "NumberOfCodes = 1; Uses = 1", "Uses", "MaxUsesPerCode")]
    public async Task A_column_that_no_parameter_accepts_causes_one_warning(string command, string cells, string unknown, string lacking)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        string rows = string.Join(", ", ids.Select(id => $"[pscustomobject]@{{ PromotionId = '{id}'; {cells} }}"));
        string warning = Assert.Single(session.Run($"$folder = $args[0]; {rows} | {command}", Path.GetTempPath()).ThrowIfFailed().Warnings);

        Assert.Contains(unknown, warning, StringComparison.Ordinal);
        Assert.Contains(lacking, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("PromotionId", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$table.Rows")]
    [InlineData("$table.DefaultView")]
    public async Task Columns_of_a_DataTable_cause_the_same_warning(string rows)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            $"""
            $table = [System.Data.DataTable]::new()
            'PromotionId', 'Uses' | ForEach-Object {"{"} [void]$table.Columns.Add($_) {"}"}
            [void]$table.Rows.Add($args[0], '1')
            {rows} | New-EpPromotionJob -NumberOfCodes 1
            """,
            id).ThrowIfFailed();

        Assert.StartsWith("The input has columns that match no parameter: Uses. It has no column for:", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    /// <summary>A row is complete if it has a column for each parameter. The module's own objects, even serialized ones, are not tables.</summary>
    [Theory]
    [InlineData("$row | Get-EpPromotion")]
    [InlineData("$full | New-EpPromotionJob -WhatIf")]
    [InlineData("$row | New-EpPromotionJob -NumberOfCodes 1 -Prefix a -MaxUses 1 -ConsumeUnit per_checkout -CodeLength 8 -WhatIf")]
    [InlineData("Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 1 -WhatIf")]
    [InlineData("Get-EpPromotion | Request-EpPromotionCode -Count 1 -WhatIf")]
    [InlineData("$id, $id | Request-EpPromotionCode -Count 1 -WhatIf")]
    [InlineData("$job | New-EpPromotionJob -WhatIf")]
    [InlineData("$job | Request-EpPromotionCode -WhatIf")]
    [InlineData("$job | Get-EpPromotionJob")]
    [InlineData("$job | Get-EpPromotion")]
    [InlineData("AsText $run | Request-EpPromotionCode -WhatIf")]
    [InlineData("AsText $codes[0] | Request-EpPromotionCode -Count 1 -WhatIf")]
    [InlineData("AsText $job | New-EpPromotionJob -WhatIf")]
    [InlineData("AsText (Get-EpPromotion) | New-EpPromotionJob -NumberOfCodes 1 -WhatIf")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($job)) | New-EpPromotionJob -WhatIf")]
    [InlineData("$codes | Request-EpPromotionCode -Count 1 -WhatIf")]
    [InlineData("$run | Request-EpPromotionCode -WhatIf")]
    [InlineData("New-EpPromotionJob -Promotion $id -Export -Name e | Wait-EpPromotionJob | Receive-EpPromotionJob | New-EpPromotionJob -NumberOfCodes 1 -WhatIf")]
    [InlineData("$job | Wait-EpPromotionJob | Receive-EpPromotionJob | New-EpPromotionJob -NumberOfCodes 1 -WhatIf")]
    [InlineData("Get-EpPromotion | Export-EpPromotionCode -Path $folder/ -Force | New-EpPromotionJob -NumberOfCodes 1 -WhatIf")]
    public async Task The_modules_own_objects_and_complete_rows_cause_no_warning(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        session.Run(
            """
            $global:id, $global:folder = $args
            function global:AsText($item) {
                $text = [ordered]@{}
                foreach ($property in $item.psobject.Properties) { $text[$property.Name] = "$($property.Value)" }
                [pscustomobject]$text
            }
            $global:row = [pscustomobject]@{ PromotionId = $id; Owner = 'me' }
            $global:full = [pscustomobject]@{ PromotionId = $id; Count = 1; Prefix = ''; CodeLength = ''; MaxUses = ''; ConsumeUnit = ''; Owner = 'me' }
            $global:job = New-EpPromotionJob -Promotion $id 2 -CodePrefix p -MaxUsesPerCode 1 | Wait-EpPromotionJob
            $global:codes = $job | Receive-EpPromotionJob
            $global:run = Request-EpPromotionCode -Promotion $id 3
            """,
            id, folder).ThrowIfFailed();

        RunResult result = session.Run(command).ThrowIfFailed();

        Directory.Delete(folder, recursive: true);
        Assert.Empty(result.Warnings);
    }

    /// <summary>A piped job is created again with its parameters, and no property of a promotion or a text binds by accident.</summary>
    [Fact]
    public async Task Piped_objects_bind_only_the_documented_properties()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult piped = session.Run(
            """
            $job = New-EpPromotionJob -Promotion $args[0] 2 -CodePrefix p -MaxUsesPerCode 4 -CodeLength 9 -Name first | Wait-EpPromotionJob
            $again = Get-EpPromotionJob $args[0] | New-EpPromotionJob | Wait-EpPromotionJob
            $larger = $job | New-EpPromotionJob -NumberOfCodes 3 -MaxUsesPerCode 1 | Wait-EpPromotionJob
            $text = $args[0] | New-EpPromotionJob -NumberOfCodes 1 | Wait-EpPromotionJob
            $promotion = Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 1 | Wait-EpPromotionJob
            $again, $larger, $text, $promotion
            """,
            id).ThrowIfFailed();

        Assert.Equal(["2", "3", "1", "1"], piped.Values("NumberOfCodes"));
        Assert.Equal(["4", "1", null, null], piped.Values("MaxUsesPerCode"));
        Assert.Equal(["p", "p", null, null], piped.Values("CodePrefix"));
        Assert.DoesNotContain("first", piped.Values("Name"));
        Assert.DoesNotContain("Summer", piped.Values("Name"));
    }
}
