using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Stores;

/// <summary>Stores from the pipeline are connected one after another, in the order of the input.</summary>
public sealed class ConnectOrderTests
{
    /// <summary>Delays the token of the first store: a store that is connected at the same time would be faster.</summary>
    private const string SlowFirst = "endpoint=token action=stall-headers time=300ms times=1";

    private const string Rows =
        """
        $sandbox, $uri, $good, $text = $args
        $secret = [securestring]::new()
        foreach ($c in $text.ToCharArray()) { $secret.AppendChar($c) }
        function Row($id) { [pscustomobject]@{ ClientId = $id; ClientSecret = $secret } }

        """;

    [Fact]
    public async Task Each_store_is_connected_before_the_next_one_and_the_last_is_the_default()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Faults.Add(SlowFirst);
        using ModuleSession session = new();

        RunResult connected = Run(
            session,
            sandbox,
            """
            (Row $good), (Row $good), (Row $good) | Connect-EpStore -BaseUri $uri -PassThru | ForEach-Object {
                $sandbox.Requests.Where({ $_.PathAndQuery -like '/oauth*' }).Count
                $last = $_
            }
            [object]::ReferenceEquals($last, (Get-EpStore))
            """).ThrowIfFailed();

        Assert.Equal(["1", "2", "3", "True"], connected.Output.Select(item => item.ToString()));
    }

    [Fact]
    public async Task Each_row_can_have_the_address_of_its_store()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        await using SandboxServer other = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult connected = session.Run(
            Rows +
            """
            $sandbox, $uri | ForEach-Object { Row $good | Add-Member -PassThru BaseUri "$_" | Add-Member -PassThru Region '' } |
                Connect-EpStore -PassThru | ForEach-Object { "$($_.BaseUri)" }
            Row $good | Add-Member -PassThru BaseUri $uri | Add-Member -PassThru Region EUWest | Connect-EpStore
            """,
            other.BaseUri, sandbox.BaseUri.ToString(), sandbox.Options.ClientId, sandbox.Options.ClientSecret);

        Assert.Equal([other.BaseUri.ToString(), sandbox.BaseUri.ToString()], connected.Output.Select(item => item.ToString()));
        Assert.Equal("RegionAndBaseUri,EpPromo.PowerShell.ConnectEpStoreCommand", Assert.Single(connected.ErrorIds));
        Assert.All([sandbox, other], store => Assert.NotEmpty(store.Requests));
    }

    [Fact]
    public async Task A_store_that_cannot_be_connected_ends_the_pipeline_and_leaves_no_default()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Faults.Add(SlowFirst);
        using ModuleSession session = new();

        RunResult failed = Run(session, sandbox, "(Row $good), (Row 'nobody'), (Row $good) | Connect-EpStore -BaseUri $uri");

        Assert.Equal("LoginRefused,EpPromo.PowerShell.ConnectEpStoreCommand", Assert.Single(failed.ErrorIds));
        Assert.Equal(2, sandbox.Requests.Count(request => request.PathAndQuery.StartsWith("/oauth", StringComparison.Ordinal)));
        Assert.Equal("ConnectFailed,EpPromo.PowerShell.GetEpStoreCommand", Assert.Single(session.Run("Get-EpStore -Default").ErrorIds));
    }

    private static RunResult Run(ModuleSession session, SandboxServer sandbox, string script) => session.Run(
        Rows + script, sandbox, sandbox.BaseUri.ToString(), sandbox.Options.ClientId, sandbox.Options.ClientSecret);
}
