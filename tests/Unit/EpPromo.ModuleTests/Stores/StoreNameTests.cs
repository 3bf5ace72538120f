using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Stores;

/// <summary>The names of a session's stores: where they come from, and what finds a store by its name.</summary>
public sealed class StoreNameTests
{
    /// <summary>As a job comes out of Start-Job, or as a row of a table that was exported.</summary>
    [Theory]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($job))")]
    [InlineData("($job | ConvertTo-Csv | ConvertFrom-Csv)")]
    [InlineData("($job | Select-Object -Property JobId, PromotionName, Store)")]
    public async Task A_copy_of_a_job_is_looked_up_in_its_own_store(string copy)
    {
        await using SandboxServer own = await Sandboxes.StartQuickAsync("One");
        await using SandboxServer other = await Sandboxes.StartQuickAsync("One");
        using ModuleSession session = ModuleSession.ConnectedTo(own, "-Name own");
        session.Run("$job = New-EpPromotionJob -Promotion One 2 | Wait-EpPromotionJob").ThrowIfFailed();
        session.Connect(other, "-Name other").ThrowIfFailed();
        int before = other.Requests.Count;

        RunResult waited = session.Run($"$copy = {copy}; $copy | Wait-EpPromotionJob; ($copy | Receive-EpPromotionJob).Count; $copy | Stop-EpPromotionJob -Force");

        Assert.Equal(["own"], waited.Values("Store").Where(store => store is not null));
        Assert.Contains(waited.Output, one => one?.BaseObject is 2);
        Assert.StartsWith("JobNotCancellable,", Assert.Single(waited.ErrorIds), StringComparison.Ordinal);
        Assert.Equal(before, other.Requests.Count);
    }

    [Fact]
    public async Task A_command_finds_its_store_by_name()
    {
        await using SandboxServer live = await Sandboxes.StartQuickAsync("In live");
        await using SandboxServer test = await Sandboxes.StartQuickAsync("In test");
        using ModuleSession session = ModuleSession.ConnectedTo(live, "-Name live");
        session.Connect(test, "-Name ' Test '").ThrowIfFailed();

        RunResult found = session.Run("Get-EpPromotion -Store LIVE; Get-EpPromotion -Store test; Get-EpPromotion").ThrowIfFailed();

        Assert.Equal(["In live", "In test", "In test"], found.Values("Name"));
        Assert.Equal(["live", "Test"], session.Run("Get-EpStore").Values("Name"));
    }

    [Fact]
    public async Task An_unknown_name_is_an_error_that_lists_the_stores_and_sends_nothing()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ConnectedAsLiveAndTest(sandbox);
        int sent = sandbox.Requests.Count;

        RunResult result = session.Run("Get-EpPromotion -Store liev; Get-EpStore liev; Disconnect-EpStore liev; Get-EpStore liev*");

        Assert.Equal(
            [
                "ParameterArgumentTransformationError,EpPromo.PowerShell.GetEpPromotionCommand",
                "UnknownStore,EpPromo.PowerShell.GetEpStoreCommand",
                "UnknownStore,EpPromo.PowerShell.DisconnectEpStoreCommand",
            ],
            result.ErrorIds);
        Assert.All(result.Errors, error => Assert.Contains("No store of this session is named 'liev'. Its stores: live, test.", error.ToString(), StringComparison.Ordinal));
        Assert.Contains("Connect-EpStore -Name 'liev'", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(sent, sandbox.Requests.Count);
    }

    [Theory]
    [InlineData("$null", "ParameterArgumentValidationError")]
    [InlineData("''", "ParameterArgumentValidationError")]
    [InlineData("5", "ParameterArgumentTransformationError")]
    [InlineData("(Get-EpStore)", "ParameterArgumentTransformationError")]
    public async Task What_is_not_one_store_is_an_error_and_does_not_select_the_default(string store, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ConnectedAsLiveAndTest(sandbox);
        int sent = sandbox.Requests.Count;

        RunResult result = session.Run($"Get-EpPromotion -Store {store}");

        Assert.Equal([errorId + ",EpPromo.PowerShell.GetEpPromotionCommand"], result.ErrorIds);
        Assert.Equal(sent, sandbox.Requests.Count);
    }

    [Fact]
    public async Task A_copy_of_a_read_only_store_does_not_select_one_of_its_name_that_can_be_written_to()
    {
        // As $using:store in Start-Job: in the other process, the environment variables can give a store of the same name.
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-Name live -ReadOnly");
        session.Run("$copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-EpStore)))").ThrowIfFailed();
        Assert.Equal(["One"], session.Run("Get-EpPromotion -Store $copy").ThrowIfFailed().Values("Name"));
        session.Connect(sandbox, "-Name live").ThrowIfFailed();

        RunResult result = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1 -Store $copy", id);

        Assert.Equal(["ParameterArgumentTransformationError,EpPromo.PowerShell.NewEpPromotionJobCommand"], result.ErrorIds);
        Assert.Contains("-ReadOnly", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task A_second_store_of_a_name_replaces_the_first_which_stays_open_for_variables()
    {
        await using SandboxServer one = await Sandboxes.StartQuickAsync("In one");
        await using SandboxServer two = await Sandboxes.StartQuickAsync("In two");
        using ModuleSession session = ModuleSession.ConnectedTo(one, "-Name shop");
        session.Run("$first = Get-EpStore").ThrowIfFailed();
        session.Connect(two, "-Name Shop").ThrowIfFailed();

        Assert.Equal(["Shop"], session.Run("Get-EpStore").Values("Name"));
        Assert.Equal(["In two", "In one"], session.Run("Get-EpPromotion -Store shop; Get-EpPromotion -Store $first").ThrowIfFailed().Values("Name"));
    }

    [Fact]
    public async Task Without_a_name_the_host_is_the_name_and_another_account_of_it_gets_a_number()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Connect(sandbox, "-OrganizationId org -StoreId one").ThrowIfFailed();
        session.Connect(sandbox, "-OrganizationId org -StoreId two").ThrowIfFailed();
        session.Connect(sandbox, "-OrganizationId org -StoreId one -ReadOnly").ThrowIfFailed();

        RunResult stores = session.Run("Get-EpStore").ThrowIfFailed();

        string host = sandbox.BaseUri.Authority;
        Assert.Equal([host, $"{host}-3", $"{host}-2"], stores.Values("Name"));
        Assert.Equal(["False", "False", "True"], stores.Values("ReadOnly"));
    }

    [Theory]
    [InlineData("'a*'", "the wildcard *")]
    [InlineData("'a[1]'", "the wildcard [")]
    [InlineData("\"a`u{200B}b\"", "U+200B at position 2")]
    [InlineData("('a' * 101)", "101 characters")]
    public async Task A_name_that_could_not_be_typed_or_found_is_rejected_before_anything_is_sent(string name, string problem)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = session.Connect(sandbox, $"-Name {name}");

        Assert.Equal(["BadStoreName,EpPromo.PowerShell.ConnectEpStoreCommand"], result.ErrorIds);
        Assert.Contains(problem, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Requests);
    }

    private static ModuleSession ConnectedAsLiveAndTest(SandboxServer sandbox)
    {
        ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-Name live");
        session.Connect(sandbox, "-Name test").ThrowIfFailed();
        return session;
    }
}
