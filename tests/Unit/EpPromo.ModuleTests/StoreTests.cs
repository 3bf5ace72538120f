using EpPromo.Sandbox;

namespace EpPromo.ModuleTests;

/// <summary>Connecting, and the store in use.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task Debug_lines_that_nobody_can_answer_lose_no_store()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = new(new RecordingHost(100));
        session.Run("$DebugPreference = 'Inquire'").ThrowIfFailed();

        session.Connect(sandbox).ThrowIfFailed();

        Assert.Single(session.Run("Get-EpPromotion").ThrowIfFailed().Output);
    }
}
