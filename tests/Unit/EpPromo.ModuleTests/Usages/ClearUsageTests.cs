using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Usages;

/// <summary>Clear-EpPromotionUsage anonymizes the given usages and no others.</summary>
public sealed class ClearUsageTests
{
    [Theory]
    [InlineData("", "Yes")]
    [InlineData("", "No")]
    [InlineData("-Force -Confirm", "No")]
    [InlineData("-Force", null)]
    [InlineData("-Confirm:$false", null)]
    public async Task It_asks_once_for_each_promotion_and_says_how_many_usages(string options, string? answer)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = AddPromotion(sandbox, "One", 3);
        string two = AddPromotion(sandbox, "Two", 1);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        if (answer is not null)
        {
            host.Answers.Enqueue(answer);
            host.Answers.Enqueue("No");
        }

        session.Run($"Get-EpPromotionUsage One, Two | Clear-EpPromotionUsage {options}").ThrowIfFailed();

        Assert.Equal(answer is null ? 0 : 2, host.Questions.Count);
        if (answer is not null)
        {
            Assert.Contains("\"Anonymize 3 usages; their customers cannot be restored\" on target \"Promotion 'One'\"", host.Questions[0], StringComparison.Ordinal);
            Assert.Contains("\"Anonymize 1 usage; ", host.Questions[1], StringComparison.Ordinal);
        }

        Assert.Equal(answer == "No" ? 0 : 3, sandbox.Store.Usages(one).Count(IsAnonymous));
        Assert.Equal(answer is null ? 1 : 0, sandbox.Store.Usages(two).Count(IsAnonymous));
    }

    [Theory]
    [InlineData("Get-EpPromotionUsage One -Code C1 | Clear-EpPromotionUsage -Force")]
    [InlineData("Clear-EpPromotionUsage $args[0] -Force")]
    [InlineData("Clear-EpPromotionUsage -UsageId $args[0].ToUpper() -Force")]
    [InlineData("[guid] $args[0] | Clear-EpPromotionUsage -Force")]
    [InlineData("Get-EpPromotionUsage One -Code C1 | ConvertTo-Csv | ConvertFrom-Csv | Clear-EpPromotionUsage -Force")]
    [InlineData("Get-EpPromotionUsage One -Code C1 | ConvertTo-Json | ConvertFrom-Json | Clear-EpPromotionUsage -Force")]
    [InlineData("[pscustomobject]@{ UsageId = $args[0] } | Clear-EpPromotionUsage -Force")]
    public async Task Usages_are_given_as_objects_ids_and_rows(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = AddPromotion(sandbox, "One", 3);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command, sandbox.Store.Usages(one)[1].Id.ToString()).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Equal([false, true, false], sandbox.Store.Usages(one).Select(IsAnonymous));
    }

    [Fact]
    public async Task PassThru_emits_the_usages_with_their_promotion_and_a_second_time_sends_nothing()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        AddPromotion(sandbox, "One", 250);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult first = session.Run("$done = Get-EpPromotionUsage One | Clear-EpPromotionUsage -Force -PassThru; $done").ThrowIfFailed();
        Assert.Equal(3, sandbox.Writes().Count());
        RunResult second = session.Run("$done | Clear-EpPromotionUsage -PassThru; Get-EpPromotionUsage One | Clear-EpPromotionUsage").ThrowIfFailed();

        Assert.Equal(250, first.Output.Count);
        Assert.All(first.Output, item => Assert.Equal(("One", "**", true), (item.Properties["PromotionName"].Value, item.Properties["CustomerEmail"].Value, item.Properties["Anonymized"].Value)));
        Assert.Equal(250, second.Output.Count);
        Assert.Equal(3, sandbox.Writes().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Usages_that_do_not_exist_are_errors_and_the_others_are_anonymized(bool despiteUnknown)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { AnonymizesDespiteUnknownUsages = despiteUnknown });
        string one = AddPromotion(sandbox, "One", 3);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "'nothing', '', '00000000-0000-0000-0000-000000000000', $args[0], 'a b' | Clear-EpPromotionUsage -Force -PassThru",
            sandbox.Store.Usages(one)[1].Id.ToString());

        Assert.Equal(
            ["BadId", "BadId", "UsageNotFound", "UsageNotFound"], result.ErrorIds.Select(id => id.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(["", "00000000-0000-0000-0000-000000000000", "a b", "nothing"], result.Errors.Select(error => error.TargetObject?.ToString()).Order(StringComparer.Ordinal));
        Assert.Single(result.Output);
        Assert.Equal([false, true, false], sandbox.Store.Usages(one).Select(IsAnonymous));
    }

    [Theory]
    [InlineData("Get-EpPromotion One | Clear-EpPromotionUsage -Force", "ParameterArgumentTransformationError")]
    [InlineData("[pscustomobject]@{ Code = 'A' } | Clear-EpPromotionUsage -Force", "ParameterArgumentTransformationError")]
    [InlineData("Clear-EpPromotionUsage $unset -Force", "ParameterArgumentValidationError")]
    public async Task What_is_no_usage_is_rejected(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        AddPromotion(sandbox, "One", 1);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.StartsWith(errorId + ",", Assert.Single(session.Run(command).ErrorIds), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    /// <summary>A lost response does not matter; if the store stays away, the command says how far it got, and is repeated.</summary>
    [Fact]
    public async Task An_interrupted_command_is_repeated_until_all_are_anonymized()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = AddPromotion(sandbox, "One", 250);
        sandbox.Faults.Add(FaultRule.Parse("endpoint=usage-anonymize action=drop-after times=1"));
        int refuse = sandbox.Faults.Add(FaultRule.Parse("endpoint=usage-anonymize action=status status=403 skip=2"));
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult first = session.Run("$ConfirmPreference = 'None'; $usages = Get-EpPromotionUsage One; Clear-EpPromotionUsage $usages -Confirm:$false");
        int anonymized = sandbox.Store.Usages(one).Count(IsAnonymous);
        sandbox.Faults.Remove(refuse);
        session.Run("Clear-EpPromotionUsage $usages -Force").ThrowIfFailed();

        Assert.InRange(anonymized, 1, 249);
        Assert.All(first.ErrorIds, id => Assert.StartsWith("Forbidden,", id, StringComparison.Ordinal));
        Assert.All(first.Warnings, warning => Assert.EndsWith("could be anonymized. Repeat the command to anonymize the others.", warning, StringComparison.Ordinal));
        Assert.NotEmpty(first.Errors);
        Assert.Equal(first.Errors.Count, first.Warnings.Count);
        Assert.Equal(250, sandbox.Store.Usages(one).Count(IsAnonymous));
    }

    [Fact]
    public async Task WhatIf_and_a_read_only_store_change_nothing()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        AddPromotion(sandbox, "One", 2);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ReadOnly", host);

        session.Run("Get-EpPromotionUsage One | Clear-EpPromotionUsage -WhatIf").ThrowIfFailed();
        RunResult denied = session.Run("Get-EpPromotionUsage One | Clear-EpPromotionUsage -Force");

        Assert.Contains("\"Anonymize 2 usages; their customers cannot be restored\" on target \"Promotion 'One'\"", host.Screen, StringComparison.Ordinal);
        Assert.StartsWith("ReadOnlyStore,", Assert.Single(denied.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    private static bool IsAnonymous(SandboxUsage usage) => usage.CustomerEmail == SandboxUsage.Anonymous;

    private static string AddPromotion(SandboxServer sandbox, string name, int usages)
    {
        string id = sandbox.Store.AddPromotion(name).Id;
        sandbox.Store.AddCodes(id, Enumerable.Range(0, usages).Select(i => $"C{i}"));
        for (int i = 0; i < usages; i++)
        {
            sandbox.Store.AddUsage(id, $"C{i}", $"shopper{i}@example.com");
        }

        return id;
    }
}
