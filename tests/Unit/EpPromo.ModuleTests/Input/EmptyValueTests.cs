using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>
/// Every kind of empty value in PowerShell counts as no value: an optional parameter counts as omitted, a mandatory one is an error.
/// </summary>
public sealed class EmptyValueTests : IDisposable
{
    private static readonly string[] s_emptyValues =
    [
        "$null", "''", "'  '", "[DBNull]::Value", "[System.Management.Automation.Internal.AutomationNull]::Value", "[NullString]::Value",
        "[psobject]::AsPSObject([DBNull]::Value)", "[psobject]::AsPSObject(' ')",
    ];

    /// <summary>All optional parameters except switches, with commands that do the same with and without them.</summary>
    private static readonly (string Command, string[] Parameters)[] s_commands =
    [
        ("Get-EpPromotion", ["Name"]),
        ("Get-EpPromotionRun", ["Name"]),
        ("Get-EpPromotionJob -PromotionId $id", ["JobId", "JobType", "Status", "Name", "Newest"]),
        ("Get-EpPromotionCode $id", ["Code", "StartsWith"]),
        ("Add-EpPromotionCode NEW1 -Promotion $id -WhatIf", ["MaxUses", "ConsumeUnit", "User", "MaxUsesPerShopper"]),
        ("New-EpPromotion Another -WhatIf", ["Description", "Enabled", "Automatic", "Priority", "Stackable", "OverrideStacking", "Start", "End", "RuleSet"]),
        ("Set-EpPromotion -Promotion $id -WhatIf -Enabled $true", ["Name", "Description", "Automatic", "Priority", "Stackable", "OverrideStacking", "Start", "End", "RuleSet"]),
        ("Set-EpPromotion -Promotion $id -WhatIf -Priority 5", ["Enabled"]),
        ("Copy-EpPromotion -Promotion $id -AllowSameName -WhatIf", ["Name", "Description", "Enabled", "Automatic", "Priority", "Stackable", "OverrideStacking", "Start", "End", "RuleSet"]),
        ("Get-EpPromotionUsage $id", ["Code", "JobId"]),
        ("Measure-EpPromotionCode $id", ["JobId", "StartsWith"]),
        ("New-EpPromotionJob -PromotionId $id -NumberOfCodes 1 -WhatIf",
            ["CodePrefix", "CodeLength", "MaxUsesPerCode", "ConsumeUnit", "Name", "WhenBusy", "Timeout"]),
        ("Request-EpPromotionCode -PromotionId $id -Count 1 -WhatIf",
            ["CodePrefix", "CodeLength", "MaxUsesPerCode", "ConsumeUnit", "Name", "BatchSize", "ThrottleLimit", "Timeout", "Path"]),
        ("Export-EpPromotionCode -PromotionId $id -Path $folder/codes.csv -WhatIf", ["JobId", "Timeout"]),
        ("Export-EpPromotionReport -PromotionId $id -Path $folder/report.html", ["JobId", "Name", "Title"]),
        ("Wait-EpPromotionJob -PromotionId $id -JobId $job", ["Timeout"]),
        ("Merge-EpPromotionCode -InputObject $recipient -Key Email -Path $folder/merged.csv", ["Code", "CodePath", "Run"]),
        ("Connect-EpStore -ClientId $client -ClientSecret $secret -BaseUri $uri", ["Name", "MaxRequestsPerSecond", "ConsistencyWindow", "Region"]),
        ("Get-EpStore", ["Name"]),
        ("Watch-EpPromotionRun", ["Name", "Timeout"]),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task An_empty_argument_counts_as_an_omitted_parameter()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Prepare(sandbox);
        List<string> failures = [];
        foreach ((string command, string[] parameters) in s_commands)
        {
            foreach (string parameter in parameters)
            {
                failures.AddRange(s_emptyValues
                    .Select(value => $"{command} -{parameter}:({value})")
                    .Select(line => (Line: line, Result: session.Run(line)))
                    .Where(run => run.Result.Errors.Count > 0)
                    .Select(run => $"{run.Line}: {run.Result.Errors[0]}"));
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory]
    [InlineData("Get-EpPromotion $undefined", "-Name is empty and is ignored: all promotions are returned.")]
    [InlineData("Get-EpPromotion -Name ''", "-Name is empty and is ignored: all promotions are returned.")]
    [InlineData("Get-EpPromotionJob $id -JobId $undefined", "-JobId is empty and is ignored: all jobs are returned.")]
    [InlineData("Get-EpPromotionJob $id -Status $null", "-Status is empty and is ignored: all jobs are returned.")]
    [InlineData("Get-EpPromotionJob $id -JobType '' -Name ' '", "-JobType is empty and is ignored: all jobs are returned.")]
    public async Task An_empty_filter_selects_everything_and_warns_about_it(string line, string warning)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Prepare(sandbox);

        Assert.Contains(warning, session.Run(line).ThrowIfFailed().Warnings);
        Assert.Empty(session.Run("Get-EpPromotion; [pscustomobject]@{ PromotionId = $id; JobId = '' } | Get-EpPromotionJob").ThrowIfFailed().Warnings);
    }

    /// <summary>
    /// The table above is complete, except for switches, mandatory parameters, the engine's, those with a fixed set of values, none of which
    /// is empty, and those listed here.
    /// </summary>
    [Fact]
    public void Every_optional_parameter_is_tested()
    {
        // An empty -Store, -Destination or -Kind must not select another store or kind, nor an empty -Promotion all promotions; -InputObject takes no argument. BaseUri has a test of its own; OrganizationId and StoreId are tested with their headers.
        string[] others = ["Store", "Destination", "Kind", "Promotion", "InputObject", "BaseUri", "OrganizationId", "StoreId", "First", "Skip"];

        // An export needs one of the two; a job and a usage are objects; a number of codes has no default. An empty time must not select all usages, which are often piped to Clear-EpPromotionUsage.
        string[] exceptions =
        [
            "Get-EpPromotionUsage Since", "Get-EpPromotionUsage Before", "Export-EpPromotionCode Path", "Export-EpPromotionCode LiteralPath",
            "Export-EpPromotionReport Path", "Export-EpPromotionReport LiteralPath", "Merge-EpPromotionCode Job",
            "Export-EpPromotionCode Job", "Receive-EpPromotionJob Job", "Stop-EpPromotionJob Job", "Wait-EpPromotionJob Job",
            "New-EpPromotionJob NumberOfCodes", "Request-EpPromotionCode Count", "Clear-EpPromotionUsage Usage",
        ];
        using ModuleSession session = new();
        IEnumerable<CmdletInfo> cmdlets = session.Run("Get-Command -Module EpPromo").ThrowIfFailed().Output.Select(one => (CmdletInfo)one.BaseObject);

        string[] optional = [.. cmdlets.SelectMany(cmdlet => cmdlet.Parameters.Values
            .Where(parameter => parameter.SwitchParameter == false
                && !PSCmdlet.CommonParameters.Contains(parameter.Name) && !PSCmdlet.OptionalCommonParameters.Contains(parameter.Name)
                && !others.Contains(parameter.Name)
                && !parameter.Attributes.OfType<ValidateSetAttribute>().Any()
                && parameter.ParameterSets.Values.Any(set => !set.IsMandatory))
            .Select(parameter => $"{cmdlet.Name} {parameter.Name}"))];

        Assert.Equal(
            optional.Except(exceptions).Order(StringComparer.Ordinal),
            s_commands.SelectMany(one => one.Parameters.Select(parameter => $"{one.Command.Split(' ')[0]} {parameter}")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("New-EpPromotionJob", "NumberOfCodes", "CodePrefix CodeLength MaxUsesPerCode ConsumeUnit")]
    [InlineData("Request-EpPromotionCode", "Count", "CodePrefix CodeLength MaxUsesPerCode ConsumeUnit Path")]
    public async Task An_empty_cell_counts_as_an_omitted_column(string command, string count, string columns)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Prepare(sandbox);
        int before = sandbox.Writes().Count();
        foreach (string value in s_emptyValues)
        {
            string cells = string.Join("; ", columns.Split(' ').Select(column => $"{column} = {value}"));

            session.Run($"[pscustomobject]@{{ PromotionId = $id; {count} = 1; {cells} }} | {command} | ForEach-Object {{ if ($_.JobId) {{ $_ | Wait-EpPromotionJob }} }}").ThrowIfFailed();
        }

        string[] bodies = [.. sandbox.Writes().Skip(before).Select(request => request.Body)];
        Assert.Equal(s_emptyValues.Length, bodies.Length);
        Assert.All(bodies, body => Assert.EndsWith("\"parameters\":{\"number_of_codes\":1}}}", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DBNull_cells_of_a_DataTable_count_as_omitted_columns()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Prepare(sandbox);

        session.Run(
            """
            $table = [System.Data.DataTable]::new()
            'PromotionId', 'CodePrefix' | ForEach-Object { [void]$table.Columns.Add($_, [string]) }
            'NumberOfCodes', 'CodeLength', 'MaxUsesPerCode' | ForEach-Object { [void]$table.Columns.Add($_, [int]) }
            [void]$table.Rows.Add($id, [DBNull]::Value, 1, [DBNull]::Value, [DBNull]::Value)
            $table.Rows | New-EpPromotionJob
            """).ThrowIfFailed();

        Assert.EndsWith("\"parameters\":{\"number_of_codes\":1}}}", sandbox.Writes().Last().Body, StringComparison.Ordinal);
    }

    /// <summary>The token is rejected after the address has been read, so nothing is sent to the cloud.</summary>
    [Fact]
    public void An_empty_address_leaves_the_region_in_effect()
    {
        using ModuleSession session = new();

        Assert.All(s_emptyValues, value => Assert.StartsWith("BadAccessToken,", session.Run(
            $"$token = [securestring]::new(); $token.AppendChar('x'); $token.AppendChar(' '); Connect-EpStore -Region EUWest -AccessToken $token -BaseUri:({value})").ErrorIds.Single()));
    }

    [Theory]
    [InlineData("New-EpPromotionJob -NumberOfCodes 1 -Promotion")]
    [InlineData("New-EpPromotionJob -PromotionId $id -NumberOfCodes")]
    [InlineData("Request-EpPromotionCode -Count 1 -Promotion")]
    [InlineData("Request-EpPromotionCode -PromotionId $id -Count")]
    [InlineData("Get-EpPromotion -PromotionId")]
    [InlineData("Get-EpPromotionJob -Promotion")]
    [InlineData("Get-EpPromotionUsage -Promotion")]
    [InlineData("Clear-EpPromotionUsage -Force -Usage")]
    [InlineData("Export-EpPromotionCode -Path $folder/codes.csv -Promotion")]
    [InlineData("Export-EpPromotionCode -PromotionId $id -Path")]
    [InlineData("Export-EpPromotionCode -PromotionId $id -LiteralPath")]
    [InlineData("Export-EpPromotionReport -PromotionId $id -Path")]
    [InlineData("Wait-EpPromotionJob -JobId $job -Promotion")]
    [InlineData("Wait-EpPromotionJob -PromotionId $id -JobId")]
    [InlineData("Stop-EpPromotionJob -PromotionId $id -Force -JobId")]
    [InlineData("Receive-EpPromotionJob -PromotionId $id -JobId")]
    [InlineData("Receive-EpPromotionJob -Job")]
    [InlineData("Connect-EpStore -ClientSecret $secret -ClientId")]
    [InlineData("Get-EpPromotion -Store")]
    public async Task An_empty_mandatory_parameter_is_an_error_that_names_it(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Prepare(sandbox);
        int before = sandbox.Requests.Count;
        foreach (string value in s_emptyValues)
        {
            RunResult result = session.Run($"{command} ({value})");

            ErrorRecord error = Assert.Single(result.Errors);
            Assert.True(
                error.ToString().Contains(command.Split('-')[^1], StringComparison.Ordinal)
                || error.FullyQualifiedErrorId.StartsWith("BadId,", StringComparison.Ordinal)
                || error.FullyQualifiedErrorId.StartsWith("NoPromotion,", StringComparison.Ordinal)
                || error.FullyQualifiedErrorId.StartsWith("BadClientId,", StringComparison.Ordinal),
                $"{command} ({value}): {error} {error.FullyQualifiedErrorId}");
        }

        Assert.Equal(before, sandbox.Requests.Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ModuleSession Prepare(SandboxServer sandbox)
    {
        string id = sandbox.Store.AddPromotion("One").Id;
        ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));
        session.Run(
            """
            $global:id, $global:folder, $global:client, $global:uri = $args
            $global:secret = $secret
            $global:recipient = [pscustomobject]@{ Email = 'mia@x' }
            $recipient | Merge-EpPromotionCode $folder/merged.csv -Key Email -Code A1
            $global:job = (New-EpPromotionJob -Promotion $id 1 | Wait-EpPromotionJob).JobId
            """,
            id, _folder, sandbox.Options.ClientId, sandbox.BaseUri.ToString()).ThrowIfFailed();
        return session;
    }
}
