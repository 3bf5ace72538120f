using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Output;

/// <summary>Tables and lists on a screen of 100 columns.</summary>
[Collection(RenderingTests.Name)]
public sealed partial class ViewTests
{
    private const int Width = 100;
    private const string JobList =
        "PromotionName PromotionId JobId JobType Name Status Error NumberOfCodes Generated Deleted CodePrefix CodeLength MaxUsesPerCode ConsumeUnit CreatedAt UpdatedAt Duration Kind Store";

    /// <summary>The engine drops columns that do not fit and truncates titles, so every title must appear in full.</summary>
    [Theory]
    [InlineData("Get-EpStore", "Name Default ReadOnly Address ClientId Requests Throttled")]
    public async Task All_columns_of_a_table_fit(string command, string columns)
    {
        string screen = await ShowAsync(command);

        string[] lines = screen.Split('\n');
        int underline = Array.FindIndex(lines, line => line.StartsWith("---", StringComparison.Ordinal));
        Assert.True(underline > 0, screen);
        Assert.Equal(columns, string.Join(' ', lines[underline - 1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= Width, line));
    }

    [Theory]
    [InlineData("Get-EpPromotion", "Name PromotionId Description Enabled Automatic Priority Stackable OverrideStacking Start End RuleSet CreatedAt UpdatedAt Kind Store")]
    [InlineData("Get-EpPromotionJob $id -Newest 1", JobList)]
    [InlineData("Get-EpPromotionJob $id -Newest 1 | Wait-EpPromotionJob", JobList)]
    [InlineData(
        "Get-EpPromotionJob $id -JobType code_generate | Receive-EpPromotionJob",
        "Code MaxUses Uses ConsumeUnit CreatedAt PromotionName PromotionId JobId Run CodeId User MaxUsesPerShopper IncludesGuests IsForNewShopper Kind")]
    [InlineData(
        "Get-EpPromotionJob $id -JobType code_export | Receive-EpPromotionJob",
        "max_uses consume_unit created_by created_at Code MaxUses Uses ConsumeUnit CreatedAt PromotionName PromotionId JobId Run CodeId User MaxUsesPerShopper IncludesGuests IsForNewShopper Kind")]
    [InlineData(
        "Request-EpPromotionCode -Promotion $id 1 -Name run",
        "PromotionId PromotionName Name Requested MaxRequested Generated Jobs Retried CodePrefix CodeLength MaxUsesPerCode ConsumeUnit "
        + "BatchSize Status Started Finished Elapsed Error ErrorId RecommendedAction Path Kind Store")]
    [InlineData(
        "Get-EpStore",
        "Name IsDefault BaseUri ClientId ReadOnly MaxRequestsPerSecond RequestsPerSecond Requests Retries Throttled TokenRefreshes")]
    public async Task A_list_shows_every_property(string command, string properties)
    {
        string screen = await ShowAsync(command + " | Format-List");

        string first = screen.Trim().Split("\n\n")[0];
        Assert.Equal(properties, string.Join(' ', Property().Matches(first).Select(match => match.Groups[1].Value)));
    }

    /// <summary>The screen after a command against a store with one promotion, one job of each type and one code.</summary>
    private static async Task<string> ShowAsync(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("A promotion with a name that is longer than any column of a table").Id;
        RecordingHost host = new(Width);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0", host);
        session.Run(
            """
            $id = $args[0]
            $null = New-EpPromotionJob -Promotion $id -NumberOfCodes 1 -Name ('n' * 50) -CodePrefix ('p' * 20) | Wait-EpPromotionJob
            $null = New-EpPromotionJob -Promotion $id -Export -Name ('n' * 50) | Wait-EpPromotionJob
            """,
            id).ThrowIfFailed();

        session.Run($"{command} | Out-Default").ThrowIfFailed();

        Assert.DoesNotContain(sandbox.Options.ClientSecret, host.Screen, StringComparison.Ordinal);
        return host.Screen.Replace("\r", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(\w+)\s*:( |$)", RegexOptions.Multiline)]
    private static partial Regex Property();
}
