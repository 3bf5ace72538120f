using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Stores;

/// <summary>Rows of a table of stores, piped to Connect-EpStore. A misread row must never give a writable store, or another one.</summary>
public sealed class StoreRowTests
{
    private const string Setup =
        """
        $uri, $id, $text = $args
        $secret = [securestring]::new()
        foreach ($c in $text.ToCharArray()) { $secret.AppendChar($c) }
        $key = [pscredential]::new($id, $secret)

        """;

    [Theory]
    [InlineData("yes", "True")]
    [InlineData(" TRUE ", "True")]
    [InlineData("1", "True")]
    [InlineData("on", "True")]
    [InlineData("no", "False")]
    [InlineData("False", "False")]
    [InlineData("0", "False")]
    [InlineData("", "False")]
    public async Task Read_only_is_read_from_a_table(string cell, string readOnly)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult stores = Run(
            session, sandbox, $"\"Name,ReadOnly`na,yes`nb,{cell}\" | ConvertFrom-Csv | Connect-EpStore -Credential $key -BaseUri $uri -PassThru").ThrowIfFailed();

        Assert.Equal(["a", "b"], stores.Values("Name"));
        Assert.Equal(["True", readOnly], stores.Values("ReadOnly"));
        Assert.Empty(stores.Warnings);
    }

    [Fact]
    public async Task Every_parameter_that_describes_a_store_can_be_a_column()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult stores = Run(
            session,
            sandbox,
            """
            [pscustomobject]@{
                Store = 'shop'; BaseUri = $uri; Region = ''; Credential = $key; OrganizationId = 'org'; StoreId = 'one'; ReadOnly = 'y'
                MaxRequestsPerSecond = '12.5'; ConsistencyWindow = '0'
            } | Connect-EpStore -PassThru | ForEach-Object { $_.Name, $_.OrganizationId, $_.StoreId, $_.ReadOnly, $_.MaxRequestsPerSecond }
            """).ThrowIfFailed();

        Assert.Equal(["shop", "org", "one", "True", "12.5"], stores.Output.Select(item => FormattableString.Invariant($"{item.BaseObject}")));
    }

    /// <summary>PowerShell binds values that it must convert in a second pass, which ignores other parameter sets than the default one.</summary>
    [Theory]
    [InlineData("Name = ''")]
    [InlineData("Name = 5")]
    [InlineData("Region = ''")]
    [InlineData("Region = $null")]
    [InlineData("OrganizationId = ''; StoreId = [dbnull]::Value")]
    [InlineData("ReadOnly = ''")]
    [InlineData("ReadOnly = 1")]
    [InlineData("MaxRequestsPerSecond = ''")]
    [InlineData("MaxRequestsPerSecond = 5")]
    [InlineData("ConsistencyWindow = ''")]
    [InlineData("ConsistencyWindow = 5")]
    [InlineData("BaseUri = [uri]$uri")]
    public async Task The_credentials_of_a_row_are_used_whatever_else_it_has(string column)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = Run(
            session,
            sandbox,
            $$"""
            [pscustomobject]@{ BaseUri = $uri; Credential = $key }, [pscustomobject]@{ BaseUri = $uri; ClientId = $id; ClientSecret = $secret } |
                ForEach-Object {
                    $column = [pscustomobject]@{ {{column}} }
                    foreach ($p in $column.PSObject.Properties) { $_ | Add-Member -Force $p.Name $p.Value }
                    $_
                } | Connect-EpStore -PassThru
            """).ThrowIfFailed();

        Assert.Equal([sandbox.Options.ClientId, sandbox.Options.ClientId], result.Values("ClientId"));
    }

    [Theory]
    [InlineData("ReadOnly = 'perhaps'", "ParameterArgumentTransformationError", "'perhaps' is neither yes nor no")]
    [InlineData("Region = 'Mars'", "ParameterArgumentTransformationError", "'Mars' is not one of USEast, EUWest")]
    [InlineData("MaxRequestsPerSecond = '2,5'", "ParameterArgumentTransformationError", "'2,5' is not a number")]
    [InlineData("MaxRequestsPerSecond = '0'", "ParameterArgumentValidationError", "")]
    [InlineData("ConsistencyWindow = 'soon'", "ParameterArgumentTransformationError", "'soon' is not a duration")]
    [InlineData("'Read Only' = 'yes'", "ReadOnlyColumnMisspelled", "'Read Only'")]
    [InlineData("read_only = 'yes'", "ReadOnlyColumnMisspelled", "'read_only'")]
    [InlineData("AccessToken = 'text'", "ColumnNotRead", "'AccessToken' was not used: its value is no SecureString")]
    public async Task A_row_that_cannot_be_read_is_an_error_and_leaves_no_default(string column, string errorId, string text)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-Name before");
        int sent = sandbox.Requests.Count;

        RunResult result = Run(
            session, sandbox, $"[pscustomobject]@{{ Name = 'bad'; BaseUri = '{sandbox.BaseUri}'; {column} }} | Connect-EpStore -Credential $key");

        Assert.Equal([errorId + ",EpPromo.PowerShell.ConnectEpStoreCommand"], result.ErrorIds);
        Assert.Contains(text, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(sent, sandbox.Requests.Count);
        Assert.Equal(["ConnectFailed,EpPromo.PowerShell.GetEpPromotionCommand"], session.Run("Get-EpPromotion").ErrorIds);
        Assert.Equal(["before"], session.Run("Get-EpStore").Values("Name"));
    }

    [Fact]
    public async Task A_last_row_that_cannot_be_read_leaves_no_default_either()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = Run(
            session, sandbox, "\"Name,ReadOnly`na,`nb,perhaps\" | ConvertFrom-Csv | Connect-EpStore -Credential $key -BaseUri $uri");

        Assert.Single(result.ErrorIds);
        Assert.Equal(["a"], session.Run("Get-EpStore").Values("Name"));
        Assert.Equal(["ConnectFailed,EpPromo.PowerShell.GetEpPromotionCommand"], session.Run("Get-EpPromotion").ErrorIds);
    }

    [Theory]
    [InlineData("\"Name;ReadOnly`na;yes\" | ConvertFrom-Csv", "StoreNotInInput")]
    [InlineData("'live'", "StoreNotInInput")]
    [InlineData("@{ Name = 'live' }", "StoreNotInInput")]
    public async Task Input_that_is_no_row_of_stores_is_an_error(string input, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = Run(session, sandbox, input + " | Connect-EpStore -Credential $key -BaseUri $uri");

        Assert.Equal([errorId + ",EpPromo.PowerShell.ConnectEpStoreCommand"], result.ErrorIds);
        Assert.Empty(sandbox.Requests);
    }

    [Fact]
    public async Task A_row_is_no_argument()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = Run(session, sandbox, "Connect-EpStore -Credential $key -BaseUri $uri -InputObject ([pscustomobject]@{ ReadOnly = 'yes' })");

        Assert.Equal(["RowNotPiped,EpPromo.PowerShell.ConnectEpStoreCommand"], result.ErrorIds);
        Assert.Empty(sandbox.Requests);
    }

    [Fact]
    public async Task An_empty_table_connects_nothing_and_leaves_no_default()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Run(session, sandbox, "@() | Connect-EpStore -Credential $key -BaseUri $uri").ThrowIfFailed();

        Assert.Equal(["ConnectFailed,EpPromo.PowerShell.GetEpPromotionCommand"], session.Run("Get-EpPromotion").ErrorIds);
    }

    [Fact]
    public async Task Unknown_columns_are_named_in_one_warning()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = Run(
            session, sandbox, "\"Name,Limit`na,5`nb,6\" | ConvertFrom-Csv | Connect-EpStore -Credential $key -BaseUri $uri").ThrowIfFailed();

        Assert.Contains("Limit", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("MaxRequestsPerSecond", result.Warnings[0], StringComparison.Ordinal);
    }

    private static RunResult Run(ModuleSession session, SandboxServer sandbox, string script) => session.Run(
        Setup + script, sandbox.BaseUri.ToString(), sandbox.Options.ClientId, sandbox.Options.ClientSecret);
}
