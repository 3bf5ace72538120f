using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.Tests;

namespace EpPromo.ModuleTests.Codes;

/// <summary>
/// A long list of codes is read by key, while another session adds and removes codes beside. EPPROMO_LISTED_CODES sets how many codes stay.
/// </summary>
public sealed class CodeListingTests
{
    private const string CodesVariable = "EPPROMO_LISTED_CODES";
    private const int DefaultCodes = 20_000;
    private const int MaxOffset = 10_000;

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Each_code_that_stays_is_listed_once_and_in_order_while_others_come_and_go(int latencyMilliseconds)
    {
        int count = TestSetting.Read(CodesVariable, DefaultCodes);
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        Random random = new(1);
        string[] staying = [.. Enumerable.Range(0, count).Select(number => $"code-{number:000000}")];
        sandbox.Store.AddCodes(id, staying.OrderBy(_ => random.Next()));
        if (latencyMilliseconds > 0)
        {
            sandbox.Faults.Add($"endpoint=code-list action=delay time={latencyMilliseconds}ms");
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<int> beside = Task.Run(() => ChangeBeside(sandbox, id, count, end.Token), end.Token);
        await WaitForWriteAsync(sandbox);

        RunResult listed = session.Run("Get-EpPromotionCode One | ForEach-Object Code").ThrowIfFailed();
        await end.CancelAsync();

        string[] codes = [.. listed.Output.Select(code => code.ToString())];
        Assert.Equal(staying, codes.Where(code => code.Length == staying[0].Length));
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.Equal(codes.Order(StringComparer.OrdinalIgnoreCase), codes);
        Assert.All(Offsets(sandbox), offset => Assert.InRange(offset, 0, MaxOffset));
        TestContext.Current.SendDiagnosticMessage(
            $"{count} codes listed, and {codes.Length - count} of others, while {await beside} were added and removed; {Offsets(sandbox).Count()} list requests");
    }

    /// <summary>Adds codes between those that stay, and removes them.</summary>
    /// <returns>How many.</returns>
    private static int ChangeBeside(SandboxServer sandbox, string promotionId, int count, CancellationToken end)
    {
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");
        Random random = new(2);
        int changed = 0;
        while (!end.IsCancellationRequested)
        {
            string[] codes = [.. Enumerable.Range(0, 50).Select(_ => $"code-{random.Next(count):000000}-{random.Next(1000)}").Distinct()];
            session.Run(
                "$args[1..$args.Count] | Add-EpPromotionCode -Promotion $args[0]; $args[1..$args.Count] | Remove-EpPromotionCode -Promotion $args[0] -Force",
                [promotionId, .. codes]).ThrowIfFailed();
            changed += codes.Length;
        }

        return changed;
    }

    private static async Task WaitForWriteAsync(SandboxServer sandbox)
    {
        while (!sandbox.Writes().Any())
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static IEnumerable<int> Offsets(SandboxServer sandbox) => sandbox.Requests
        .Where(request => request.Method == "GET" && request.PathAndQuery.Contains("/codes?", StringComparison.Ordinal))
        .Select(request => int.Parse(Uri.UnescapeDataString(request.PathAndQuery).Split("page[offset]=")[1].Split('&')[0], null));
}
