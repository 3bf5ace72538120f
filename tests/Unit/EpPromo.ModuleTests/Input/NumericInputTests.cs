using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Times and numbers are accepted exactly as given, or they are an error before anything is sent.</summary>
public sealed class NumericInputTests
{
    private const string Negative = "BadTimeout";
    private const string NotATime = "ParameterArgumentTransformationError";

    public static TheoryData<string> TimedCommands { get; } =
    [
        "Wait-EpPromotionJob -PromotionId $id -JobId some",
        "New-EpPromotionJob -Promotion $id -NumberOfCodes 1",
        "Export-EpPromotionCode -Promotion $id ./codes/",
        "Request-EpPromotionCode -Promotion $id -Count 1",
    ];

    [Theory]
    [MemberData(nameof(TimedCommands))]
    public async Task An_invalid_timeout_is_an_error(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        foreach ((string value, string errorId) in (IEnumerable<(string, string)>)[
            ("-1", Negative), ("'-1'", Negative), ("-0.5", Negative), ("-2000000000", Negative), ("([timespan]'-00:00:01')", Negative),
            ("([timespan]::MinValue)", Negative), ("([double]::NaN)", NotATime), ("'NaN'", NotATime), ("([double]::PositiveInfinity)", NotATime),
            ("([double]::NegativeInfinity)", NotATime), ("1e12", NotATime), ("([long]::MaxValue)", NotATime), ("([decimal]::MaxValue)", NotATime),
            ("soon", NotATime)])
        {
            RunResult result = session.Run($"$id = $args[0]; {command} -Timeout {value}", id);

            string found = Assert.Single(result.ErrorIds).Split(',')[0];
            Assert.True(found == errorId, $"{value}: {found}: {result.Errors[0]}");
        }

        Assert.Equal(before, sandbox.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(TimedCommands))]
    public void A_timeout_in_seconds_or_as_a_TimeSpan_keeps_its_length(string command)
    {
        using ModuleSession session = new();

        RunResult read = session.Run(
            """
            $attribute = (Get-Command $args[0]).Parameters.Timeout.Attributes.Where({ $_ -is [Management.Automation.ArgumentTransformationAttribute] })[0]
            foreach ($value in 0, 0.5, 90, '90', '00:01:30', 2000000000, 1e9, 9e11, [timespan]::MaxValue) {
                ([timespan]$attribute.Transform($ExecutionContext, $value)).ToString()
            }
            """,
            command.Split(' ')[0]).ThrowIfFailed();

        Assert.Equal(
            [
                "00:00:00", "00:00:00.5000000", "00:01:30", "00:01:30", "00:01:30", TimeSpan.FromSeconds(2_000_000_000).ToString(),
                TimeSpan.FromSeconds(1e9).ToString(), TimeSpan.FromSeconds(9e11).ToString(), TimeSpan.MaxValue.ToString(),
            ],
            read.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("2000000000")]
    [InlineData("([timespan]::MaxValue)")]
    public async Task A_timeout_longer_than_the_longest_timer_means_no_limit(string timeout)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult waited = session.Run(
            $"New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1 -Timeout {timeout} | Wait-EpPromotionJob -Timeout {timeout}", id).ThrowIfFailed();

        Assert.Equal(["completed"], waited.Values("Status"));
    }

    [Theory]
    [InlineData("-ConsistencyWindow -1", "BadConsistencyWindow")]
    [InlineData("-ConsistencyWindow 2000000000", "BadConsistencyWindow")]
    [InlineData("-ConsistencyWindow ([timespan]::MaxValue)", "BadConsistencyWindow")]
    [InlineData("-ConsistencyWindow ([double]::NaN)", NotATime)]
    [InlineData("-ConsistencyWindow ([double]::PositiveInfinity)", NotATime)]
    [InlineData("-MaxRequestsPerSecond ([double]::NaN)", "ParameterArgumentValidationError")]
    [InlineData("-MaxRequestsPerSecond ([double]::PositiveInfinity)", "ParameterArgumentValidationError")]
    [InlineData("-MaxRequestsPerSecond 0", "ParameterArgumentValidationError")]
    [InlineData("-MaxRequestsPerSecond -1", "ParameterArgumentValidationError")]
    [InlineData("-MaxRequestsPerSecond 1e9", "ParameterArgumentValidationError")]
    public async Task A_store_with_an_invalid_number_is_not_connected(string option, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = session.Connect(sandbox, option);

        Assert.Equal($"{errorId},EpPromo.PowerShell.ConnectEpStoreCommand", Assert.Single(result.ErrorIds));
        Assert.Empty(sandbox.Requests);
    }

    [Theory]
    [InlineData("Request-EpPromotionCode -Promotion $id -Count 1 -ThrottleLimit", "2.5", "0", "-1", "1001", "([double]::NaN)", "99999999999")]
    [InlineData("Request-EpPromotionCode -Promotion $id -Count 1 -BatchSize", "2.5", "0", "-1", "1001", "([double]::NaN)", "99999999999")]
    [InlineData("Request-EpPromotionCode -Promotion $id -Count", "2.5", "0", "-1", "([double]::NaN)", "([double]::PositiveInfinity)", "99999999999")]
    [InlineData("New-EpPromotionJob -Promotion $id -NumberOfCodes", "2.5", "0", "-1", "1001", "([double]::NaN)", "([double]::PositiveInfinity)")]
    [InlineData("New-EpPromotionJob -Promotion $id -NumberOfCodes 1 -CodeLength", "8.5", "7", "17", "-8", "([double]::NaN)", "99999999999")]
    [InlineData("New-EpPromotionJob -Promotion $id -NumberOfCodes 1 -MaxUsesPerCode", "0.5", "-1", "-2", "'1 use'", "([double]::NaN)", "99999999999")]
    [InlineData("Get-EpPromotionJob $id -Newest", "2.5", "0", "-1", "'1 job'", "([double]::NaN)", "99999999999")]
    public async Task An_invalid_number_is_an_error_and_nothing_is_sent(string command, params string[] values)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        foreach (string value in values)
        {
            RunResult result = session.Run($"$id = $args[0]; {command} {value}", id);

            Assert.True(result.Errors.Count == 1 && result.Output.Count == 0, $"{value}: {string.Join(", ", result.ErrorIds)}");
        }

        Assert.Equal(before, sandbox.Requests.Count);
    }
}
