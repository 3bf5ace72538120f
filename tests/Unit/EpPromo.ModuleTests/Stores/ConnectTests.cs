using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Secrets;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Stores;

/// <summary>The input of Connect-EpStore, its requests and its errors.</summary>
public sealed class ConnectTests : IDisposable
{
    private const string SomeSecret = "$secret = [securestring]::new(); 'sandbox-secret'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }; ";

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("https://bob:hunter2@store.example")]
    [InlineData("bob:hunter2@store.example")]
    [InlineData("https://bob:hunter2@store.example/v2")]
    [InlineData("http://bob:hunter2@store.example")]
    [InlineData("https://store.example/?key=hunter2")]
    [InlineData("https://store.example/v2?key=hunter2")]
    public void A_secret_in_an_address_does_not_appear_in_the_error_record(string address)
    {
        using ModuleSession session = new();

        RunResult result = session.Run(SomeSecret + "Connect-EpStore -ClientId a -ClientSecret $secret -BaseUri $args[0]", address);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("BadBaseUri,", error.FullyQualifiedErrorId);
        Assert.DoesNotContain(ErrorRecordText.Of(error), text => text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_in_the_address_from_the_environment_does_not_appear_in_the_error_record()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ChildProcess process = SandboxScript.Start(
            sandbox,
            _folder,
            """
            function Show($e) {
                $e.ToString(), $e.CategoryInfo.ToString(), "$($e.TargetObject)", $e.Exception.ToString(), $e.FullyQualifiedErrorId
            }
            $env:EPCC_API_BASE_URL = 'https://bob:hunter2@store.example'
            Import-Module $args[0]
            try { Get-EpPromotion } catch { Show $_ }
            try { Get-EpStore } catch { Show $_ }
            try { Connect-EpStore } catch { Show $_ }
            'end'
            """,
            RepositoryFolder.Manifest);

        string shown = string.Join('\n', await process.ReadLinesAsync());

        Assert.Contains("BadBaseUri", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ClientId a -ClientSecret $secret -BaseUri https://store.example/v2", "BaseUriHasApiPath")]
    [InlineData("-ClientId a -ClientSecret $secret -BaseUri $uri/v2/", "BaseUriHasApiPath")]
    [InlineData("-ClientId a -ClientSecret $secret -BaseUri $uri -OrganizationId org-1", "OrganizationIncomplete")]
    [InlineData("-ClientId a -ClientSecret $secret -BaseUri $uri -StoreId store-1", "OrganizationIncomplete")]
    [InlineData("-AccessToken $secret -BaseUri $uri -StoreId store-1 -OrganizationId ''", "OrganizationIncomplete")]
    [InlineData("-AccessToken $secret -BaseUri $uri -StoreId store-1 -OrganizationId 'or g'", "BadOrganization")]
    [InlineData("-AccessToken $secret -BaseUri $uri -OrganizationId org-1 -StoreId \"a`r`nX-Evil: 1\"", "BadOrganization")]
    [InlineData("-AccessToken $secret -BaseUri $uri -OrganizationId org-1 -StoreId bücher", "BadOrganization")]
    public async Task Invalid_input_is_rejected_before_anything_is_sent(string parameters, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = session.Run(SomeSecret + "$uri = $args[0].TrimEnd('/'); Connect-EpStore " + parameters, sandbox.BaseUri.ToString());

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"{errorId},EpPromo.PowerShell.ConnectEpStoreCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Empty(sandbox.Requests);
    }

    [Theory]
    [InlineData("-ClientId a -ClientSecret $secret -BaseUri $uri")]
    [InlineData("-AccessToken $secret -BaseUri $uri")]
    [InlineData("-AccessToken $secret -BaseUri http://127.0.0.1:9")]
    [InlineData("-AccessToken $secret -BaseUri ftp://x")]
    [InlineData("")]
    public async Task Its_errors_do_not_recommend_to_run_it(string parameters)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = session.Run(SomeSecret + "$uri = $args[0]; Connect-EpStore " + parameters, sandbox.BaseUri.ToString());

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.DoesNotContain(
            [error.ErrorDetails.Message, error.ErrorDetails.RecommendedAction],
            text => text.Contains("Connect", StringComparison.OrdinalIgnoreCase) && text.Contains("again", StringComparison.Ordinal)
                || text.Contains("Connect-EpStore", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Connect-EpStore -BaseUri $uri -ClientId sandbox -ClientSecret $secret -OrganizationId org-1 -StoreId store-1")]
    [InlineData("Connect-EpStore -BaseUri $uri -Credential ([pscredential]::new('sandbox', $secret)) -OrganizationId org-1 -StoreId ' store-1 '")]
    [InlineData("[pscustomobject]@{ ClientId = 'sandbox'; ClientSecret = $secret; OrganizationId = 'org-1'; StoreId = 'store-1' } | Connect-EpStore -BaseUri $uri")]
    public async Task Every_API_request_carries_the_organization_and_its_store(string connect)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { ClientSecret = "sandbox-secret" });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = new();

        RunResult result = session.Run(
            SomeSecret + $"$uri = $args[0]; {connect}; $null = Export-EpPromotionCode $args[2] -Promotion $args[1]; Get-EpStore",
            sandbox.BaseUri.ToString(), id, Path.Combine(_folder, "codes.csv")).ThrowIfFailed();

        Assert.Equal("org-1", result.Values("OrganizationId").Single());
        Assert.Equal("store-1", result.Values("StoreId").Single());
        RecordedRequest[] api = [.. sandbox.Requests.Where(request => request.PathAndQuery.StartsWith("/v2/", StringComparison.Ordinal))];
        RecordedRequest[] others = [.. sandbox.Requests.Except(api)];
        Assert.All(api, request => Assert.Equal(("org-1", "store-1"), (request.Headers["EP-Org-ID"], request.Headers["EP-Store-ID"])));

        // The token belongs to the organization, and the file host is another origin.
        Assert.All(others, request => Assert.DoesNotContain("EP-", string.Join('\n', request.Headers.Keys), StringComparison.OrdinalIgnoreCase));
        Assert.Contains(others, request => request.Origin != "api");
        Assert.Contains(others, request => request.PathAndQuery.StartsWith("/oauth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_environment_can_name_the_organization_and_one_of_its_stores()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ChildProcess process = SandboxScript.Start(
            sandbox,
            _folder,
            """
            Import-Module $args[0]
            $env:EPCC_ORGANIZATION_ID = 'org-1'
            $env:EPCC_STORE_ID = 'store-1'
            $null = Get-EpPromotion
            $env:EPCC_STORE_ID = 'store-2'
            $null = Get-EpPromotion
            Connect-EpStore -StoreId store-3
            $null = Get-EpPromotion
            $token = [securestring]::new(); $token.AppendChar('x')
            try { Connect-EpStore -AccessToken $token } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            'end'
            """,
            RepositoryFolder.Manifest);

        Assert.Equal(["AccessTokenExpired"], await process.ReadLinesAsync());
        Assert.Equal(
            ["org-1 store-1", "org-1 store-2", "org-1 store-3", " "],
            sandbox.Requests.Where(request => request.PathAndQuery.StartsWith("/v2/", StringComparison.Ordinal)).Select(request =>
                $"{request.Headers.GetValueOrDefault("EP-Org-ID")} {request.Headers.GetValueOrDefault("EP-Store-ID")}"));
    }

    [Fact]
    public async Task Every_request_names_the_module_in_its_user_agent()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Export-EpPromotionCode $args[1] -Promotion $args[0]", id, Path.Combine(_folder, "codes.csv")).ThrowIfFailed();

        string version = session.Run("[string](Get-Module EpPromo).Version").Output[0].ToString();
        string shell = session.Run("[string]$PSVersionTable.PSVersion").Output[0].ToString();
        Assert.Contains(sandbox.Requests, request => request.Origin != "api");
        Assert.All(sandbox.Requests, request => Assert.Matches(
            $@"^EpPromo/{System.Text.RegularExpressions.Regex.Escape(version)} \(PowerShell {System.Text.RegularExpressions.Regex.Escape(shell)}; [ -~-[()]]+\)$",
            request.Headers["User-Agent"]));
    }

    [Fact]
    public async Task Verbose_and_debug_lines_about_requests_are_plain_ASCII()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Faults.Add("endpoint=job-list action=drop-before times=1");
        using ModuleSession session = new();
        RunResult connected = session.Connect(sandbox, "-Verbose -Debug");

        RunResult exported = session.Run("Export-EpPromotionCode $args[1] -Promotion $args[0] -Verbose -Debug", id, Path.Combine(_folder, "codes.csv")).ThrowIfFailed();

        string[] lines = [.. connected.Verbose, .. connected.Debug, .. exported.Verbose, .. exported.Debug];
        Assert.Contains(lines, line => line.Contains("GET file from", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("failed", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches(@"^[ -~\r\n]*$", line));
    }

    /// <summary>The output up to the line "end" of a script that has errors and so does not exit with 0.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
