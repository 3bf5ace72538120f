using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Tab completion through the engine's own completion call.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task Promotion_names_are_completed_with_the_necessary_quotes_and_escapes()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Mia's own [1]");
        sandbox.Store.AddPromotion("Winter sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        string completed = Assert.Single(Complete(session, "Get-EpPromotion mia"));

        Assert.Equal([completed], Complete(session, "Get-EpPromotion -Name \"Mia's o"));
        Assert.Equal(["Mia's own [1]"], session.Run("Get-EpPromotion " + completed).ThrowIfFailed().Values("Name"));
    }

    [Fact]
    public async Task Statuses_types_and_units_are_completed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["completed"], Complete(session, "Get-EpPromotionJob -Status comp"));
        Assert.Equal(["code_export"], Complete(session, "Get-EpPromotionJob -JobType code_e"));
        Assert.Equal(["per_checkout", "per_application"], Complete(session, "New-EpPromotionJob -ConsumeUnit per"));
    }

    [Fact]
    public async Task A_parameter_that_takes_ids_only_completes_ids()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer sale").Id;
        sandbox.Store.AddPromotion("Winter sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal([id], Complete(session, "Get-EpPromotion -PromotionId summ"));
        Assert.Equal([id], Complete(session, "Get-EpPromotion -PromotionId 'summer s"));
        Assert.Equal([id], Complete(session, "Get-EpPromotion -PromotionId " + id[..13]));
        Assert.Equal(2, Complete(session, "Get-EpPromotion -PromotionId ").Length);
    }

    [Fact]
    public async Task An_argument_that_can_be_a_job_or_a_promotion_completes_each_promotion_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["'Summer sale'"], Complete(session, "Export-EpPromotionCode -Promotion summ"));
        Assert.Equal(["'Summer sale'"], Complete(session, "Export-EpPromotionCode -PromotionId summ"));
        Assert.DoesNotContain("'Summer sale'", Complete(session, "Export-EpPromotionCode -Job "));
    }

    [Fact]
    public async Task Promotions_come_from_the_store_that_the_command_line_names()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        await using SandboxServer other = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Winter here");
        sandbox.Store.AddPromotion("Summer here");
        string id = other.Store.AddPromotion("Summer there").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(other);
        session.Run("$other = Get-EpStore").ThrowIfFailed();
        session.Connect(sandbox).ThrowIfFailed();

        Assert.Equal([id], Complete(session, "Get-EpPromotion -Store $other -PromotionId summ"));
        Assert.Equal([id], Complete(session, $"Get-EpPromotion -Store {other.BaseUri.Authority} -PromotionId summ"));
        session.Run("Disconnect-EpStore -Store $other").ThrowIfFailed();
        Assert.DoesNotContain(id, Complete(session, "Get-EpPromotion -Store $other -PromotionId summ"));
    }

    [Fact]
    public async Task Promotions_beyond_the_first_page_are_found_by_name_and_by_id()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        Dictionary<string, string> ids = Enumerable.Range(1, 250).Select(n => $"Promo {n}").ToDictionary(name => name, name => sandbox.Store.AddPromotion(name).Id);
        string quoted = sandbox.Store.AddPromotion("Mia's own").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal([ids["Promo 250"]], Complete(session, "Get-EpPromotion -PromotionId 'Promo 250"));
        Assert.Equal(11, Complete(session, "Get-EpPromotion -PromotionId 'promo 24").Length);
        Assert.All(["Promo 1", "Promo 120", "Promo 250"], name => Assert.Equal([ids[name]], Complete(session, "Get-EpPromotion -PromotionId " + ids[name][..18])));
        Assert.Equal([quoted], Complete(session, "Get-EpPromotion -PromotionId \"mia's"));
        Assert.Equal(100, Complete(session, "Get-EpPromotion -PromotionId ").Length);
    }

    [Fact]
    public async Task Stores_are_completed_by_name_the_default_first()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-Name staging");
        session.Connect(sandbox, "-Name \"Anna's store\" -ReadOnly").ThrowIfFailed();

        Assert.Equal(["'Anna''s store'", "staging"], Complete(session, "Get-EpPromotion -Store "));
        Assert.Equal(["staging"], Complete(session, "Get-EpStore 'stag"));
        Assert.Equal(["staging"], Complete(session, "Disconnect-EpStore STAG"));
        Assert.Equal(["'Anna''s store'"], Complete(session, "Get-EpPromotionJob -Store \"anna's"));
        Assert.Equal("Anna's store", session.Run("Get-EpStore 'Anna''s store'").ThrowIfFailed().Values("Name").Single());
    }

    /// <summary>PowerShell would offer files.</summary>
    [Fact]
    public void The_key_of_a_merge_is_completed_with_the_columns_of_the_list_and_of_the_merged_file()
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "list.csv"), "Email,First name\nmia@example.com,Mia\n");
        File.WriteAllText(Path.Combine(folder, "mailing.csv"), "Number,email,Code\n1,mia@example.com,A\n");
        using ModuleSession session = new();
        session.Run("Set-Location $args[0]", folder).ThrowIfFailed();

        Assert.Equal(["Email", "'First name'"], Complete(session, "Import-Csv list.csv | Merge-EpPromotionCode new.csv -Key "));
        Assert.Equal(["'First name'"], Complete(session, "Import-Csv -Path ./list.csv | Merge-EpPromotionCode new.csv -Key 'first"));
        Assert.Equal(["Email", "'First name'", "Number"], Complete(session, "Import-Csv list.csv | Where-Object Email | Merge-EpPromotionCode mailing.csv -Key "));
        Assert.Equal(["Number", "email"], Complete(session, "$list | Merge-EpPromotionCode -Path mailing.csv -Key "));
        Assert.Empty(Complete(session, "Import-Csv none.csv | Merge-EpPromotionCode new.csv -Key "));
        Assert.Empty(Complete(session, "Merge-EpPromotionCode -Key mail"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A completer must not fail: the command itself reports what is wrong.</summary>
    [Fact]
    public void Without_a_store_there_are_no_suggestions()
    {
        using ModuleSession session = new();

        Assert.DoesNotContain("staging", Complete(session, "Get-EpPromotion -Store "));
    }

    /// <summary>What the engine inserts at the end of a command line.</summary>
    internal static string[] Complete(ModuleSession session, string line) => [.. Matches(session, line).Select(match => match.CompletionText)];

    /// <summary>What the engine offers at the end of a command line.</summary>
    internal static IReadOnlyList<CompletionResult> Matches(ModuleSession session, string line)
    {
        using PowerShell shell = session.NewShell("");
        shell.Commands.Clear();
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches];
    }
}
