using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Secrets;

/// <summary>Texts of the store that try to control the terminal, to look like another text, or to leave a folder.</summary>
public sealed class HostileTextTests : IDisposable
{
    /// <summary>Clears the screen, sets the title, and reverses the direction of the text after it.</summary>
    private const string Hostile = "a\u001b[2J\u009b1m\u001b]0;x\u0007\u202eb\r\nc";
    private const string HostileJson = "a\\u001b[2J\\u009b1m\\u001b]0;x\\u0007\\u202eb\\r\\nc";

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task Names_and_errors_of_jobs_cannot_control_the_terminal()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion(Hostile).Id;
        JobSpec spec = new() { JobType = JobSpec.Generate, Name = Hostile, NumberOfCodes = 3, CodePrefix = Hostile };
        sandbox.Store.AddFinishedJob(id, spec, "completed", DateTimeOffset.UtcNow.AddDays(-1), TimeSpan.FromSeconds(1));
        sandbox.Store.AddFinishedJob(id, spec, "failed", DateTimeOffset.UtcNow.AddHours(-1), TimeSpan.FromSeconds(1));

        await AssertCleanAsync(sandbox, 0, "Get-EpPromotion");
        await AssertCleanAsync(sandbox, 0, "Get-EpPromotion | Get-EpPromotionJob");
        await AssertCleanAsync(sandbox, 1, "Get-EpPromotion | Get-EpPromotionJob | Wait-EpPromotionJob");
        await AssertCleanAsync(sandbox, 0, "Get-EpPromotion | New-EpPromotionJob -Export | Wait-EpPromotionJob | Receive-EpPromotionJob");
    }

    [Theory]
    [InlineData("status=422")]
    [InlineData("status=400")]
    [InlineData("status=404")]
    [InlineData("status=501")]
    public async Task Errors_of_the_store_cannot_control_the_terminal(string status)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        string error = $$"""{"errors":[{"title":"{{HostileJson}}","detail":"{{HostileJson}}","request_id":"{{HostileJson}}"}]}""";
        sandbox.Faults.Add(FaultRule.Parse($"endpoint=job-list action=status {status}") with { Text = error });

        await AssertCleanAsync(sandbox, 1, "Get-EpPromotion | Get-EpPromotionJob");
    }

    [Theory]
    [InlineData("Get-EpPromotion -PromotionId $args[0]")]
    [InlineData("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3")]
    [InlineData("New-EpPromotionJob -Promotion abc -NumberOfCodes 3 -Name $args[0]")]
    [InlineData("New-EpPromotionJob -Promotion abc -NumberOfCodes 3 -CodePrefix $args[0]")]
    [InlineData("Wait-EpPromotionJob -PromotionId abc -JobId $args[0]")]
    [InlineData("Request-EpPromotionCode -Promotion abc -Count 3 -Name $args[0]")]
    [InlineData("Export-EpPromotionCode -Promotion abc (\"/nowhere/\" + $args[0] + \"/x.csv\")")]
    public async Task Arguments_of_a_script_cannot_control_the_terminal(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        await AssertCleanAsync(sandbox, 1, command);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("..\\..\\x")]
    [InlineData("C:x")]
    [InlineData("/etc/x")]
    [InlineData("x\0y")]
    [InlineData("..")]
    public async Task Ids_cannot_lead_out_of_a_folder(string id)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Hostile", id: id);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "one", "two")).FullName;

        session.Run(TestJob.Functions).ThrowIfFailed();

        RunResult result = session.Run("Get-EpPromotion | Export-EpPromotionCode -Path $args[0]", inner);
        RunResult ofJob = session.Run(
            "New-TestJob @{ PromotionId = $args[1]; JobId = 'j'; JobType = 'code_export'; Status = 'completed' } | "
                + "Export-EpPromotionCode -Path $args[0]",
            inner, id);

        Assert.StartsWith("BadId,", Assert.Single(result.ErrorIds));
        Assert.StartsWith("BadId,", Assert.Single(ofJob.ErrorIds));
        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("nul")]
    [InlineData("COM1")]
    public async Task Ids_that_are_device_names_on_Windows_become_regular_files(string id)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Device", id: id);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Get-EpPromotion | Export-EpPromotionCode -Path $args[0]", _folder).ThrowIfFailed();

        // Windows reads the part before the first dot as a device name, so that part must not be the id alone.
        string file = Path.GetFileName(Assert.Single(Directory.GetFiles(_folder)));
        Assert.NotEqual(id, file.Split('.')[0]);
    }

    private static Task AssertCleanAsync(SandboxServer sandbox, int errors, string command) => Task.Run(() =>
    {
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        RunResult result = session.Run($"{command} -Verbose -Debug", Hostile);
        using PowerShell show = session.NewShell("$args[0] | Out-Default", [(object[])[.. result.Output, .. result.Errors]]);
        show.Invoke();

        Assert.Equal(errors, result.Errors.Count);
        Assert.True(result.Output.Count + result.Errors.Count > 0);
        string[] texts =
        [
            .. VisibleText.Of([.. result.Output]), .. result.Verbose, .. result.Debug, .. result.Warnings,
            .. result.Progress.Select(record => record.ToString()), .. host.Screen.Split('\n').Select(line => line.TrimEnd('\r')),
            .. result.Errors.SelectMany(error => new[] { error.ToString(), error.Exception.Message, error.ErrorDetails?.RecommendedAction ?? "" }),
        ];
        foreach (string text in texts)
        {
            Assert.False(text.Any(char.IsControl) || text.Contains('\u202e'), Uri.EscapeDataString(text));
        }
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
