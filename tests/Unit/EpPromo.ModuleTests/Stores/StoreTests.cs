using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Stores;

/// <summary>The counters of a store, and connecting to an unusual one.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task Requests_and_tokens_are_counted()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal((1, 0, 0, 1), Counters(session));
        session.Run("$null = Get-EpPromotion; $null = Get-EpPromotion").ThrowIfFailed();

        Assert.Equal((3, 0, 0, 1), Counters(session));
        Assert.Equal(3, sandbox.Requests.Count);
    }

    [Fact]
    public async Task Retries_are_counted_and_those_after_a_429_separately()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        sandbox.Faults.Add("endpoint=promotion-list action=status status=503 times=1");
        session.Run("$null = Get-EpPromotion").ThrowIfFailed();
        Assert.Equal((3, 1, 0, 1), Counters(session));

        sandbox.Faults.Add("endpoint=promotion-list action=status status=429 times=2");
        session.Run("$null = Get-EpPromotion").ThrowIfFailed();
        Assert.Equal((6, 3, 2, 1), Counters(session));
        Assert.Equal(6, sandbox.Requests.Count);
        Assert.True((double)session.Run("(Get-EpStore).RequestsPerSecond").Output[0].BaseObject < 25);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_and_counted()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        sandbox.Faults.Add("endpoint=promotion-list action=revoke-tokens times=1");
        session.Run("$null = Get-EpPromotion").ThrowIfFailed();

        (long requests, long _, long throttled, long tokens) = Counters(session);
        Assert.Equal(sandbox.Requests.Count, requests);
        Assert.Equal(0, throttled);
        Assert.Equal(2, tokens);
    }

    [Theory]
    [InlineData(200, "it is not a JSON object")]
    [InlineData(404, "there is no token endpoint at this address (404 Not Found)")]
    public async Task A_web_page_instead_of_a_token_response_is_an_error_that_says_so(int status, string reason)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Faults.Add($"endpoint=token action=status status={status} body=html");
        using ModuleSession session = new();

        RunResult result = session.Connect(sandbox);

        Assert.Equal(["UnexpectedResponse,EpPromo.PowerShell.ConnectEpStoreCommand"], result.ErrorIds);
        Assert.Equal($"The store's response to POST oauth/access_token is invalid: {reason}", result.Errors[0].Exception.Message);
        Assert.Equal(
            "Check that the address is the API's base URL, not a web page or a proxy.", result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Inquire", "")]
    [InlineData("SilentlyContinue", "-Debug")]
    public async Task Debug_prompts_without_an_answer_lose_no_store(string preference, string option)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = new(new RecordingHost(100));
        session.Run("$DebugPreference = $args[0]", preference).ThrowIfFailed();

        session.Connect(sandbox, option).ThrowIfFailed();

        Assert.Single(session.Run("Get-EpPromotion").ThrowIfFailed().Output);
    }

    private static (long Requests, long Retries, long Throttled, long TokenRefreshes) Counters(ModuleSession session)
    {
        RunResult store = session.Run("Get-EpStore").ThrowIfFailed();
        long Value(string name) => (long)store.Output.Single().Properties[name].Value;
        return (Value("Requests"), Value("Retries"), Value("Throttled"), Value("TokenRefreshes"));
    }
}
