using System.Globalization;
using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Request-EpPromotionCode: the number of codes on each promotion, its output and its files.</summary>
public sealed class RequestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task Each_promotion_gets_its_codes_in_as_many_jobs_as_necessary()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string[] ids = [.. Enumerable.Range(0, 4).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("$args | Request-EpPromotionCode -Count 2500 -CodePrefix bf -CodeLength 10 -MaxUsesPerCode 1", [.. ids]).ThrowIfFailed();

        Assert.Equal(ids.Order(), runs.Values("PromotionId").Order());
        foreach (string id in ids)
        {
            Assert.Equal(2500, sandbox.Store.Codes(id).Count);
            Assert.Equal([1000, 1000, 500], sandbox.Store.Jobs(id).Select(job => job.Spec.NumberOfCodes!.Value));
            Assert.All(sandbox.Store.Jobs(id), job => Assert.Equal(("bf", 10, 1), (job.Spec.CodePrefix, job.Spec.CodeLength, job.Spec.MaxUsesPerCode)));
        }

        Assert.All(runs.Output, run =>
        {
            Assert.Equal("EpPromo.CodeRun", run.TypeNames[0]);
            Assert.Equal("2500 2500 3 0 completed", Text(run, "Requested", "Generated", "Jobs", "Retried", "Status"));
            Assert.Null(run.Properties["Error"].Value);
            DateTimeOffset started = (DateTimeOffset)run.Properties["Started"].Value;
            DateTimeOffset finished = (DateTimeOffset)run.Properties["Finished"].Value;
            Assert.True(started < finished);
            Assert.Equal(finished - started, run.Properties["Elapsed"].Value);
        });
    }

    [Fact]
    public async Task Promotions_are_handled_in_the_order_of_the_input()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string[] ids = [.. Enumerable.Range(0, 12).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("$args | Request-EpPromotionCode -Count 5 -ThrottleLimit 1", [.. ids]).ThrowIfFailed();

        Assert.Equal(ids, runs.Values("PromotionId"));
    }

    [Fact]
    public async Task A_run_without_a_name_gets_a_unique_one()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult first = session.Run("Request-EpPromotionCode -PromotionId $args -Count 5 -BatchSize 3", one, two).ThrowIfFailed();
        RunResult second = session.Run("Request-EpPromotionCode -PromotionId $args -Count 5 -BatchSize 3", one, two).ThrowIfFailed();

        string name = Assert.Single(first.Values("Name").Distinct())!;
        Assert.NotEqual(name, Assert.Single(second.Values("Name").Distinct()));
        Assert.Equal([$"{name} 0001/0002", $"{name} 0002/0002"], sandbox.Store.Jobs(one).Take(2).Select(job => job.Spec.Name));
        Assert.Equal(10, sandbox.Store.Codes(two).Count);
    }

    [Fact]
    public async Task Rows_of_a_table_bind_by_property_name()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run(
            """
            [pscustomobject]@{ PromotionId = $args[0]; Count = 3; CodePrefix = 'a'; CodeLength = 12; MaxUsesPerCode = 2; ConsumeUnit = 'PerApplication' },
            [pscustomobject]@{ PromotionId = $args[1]; Count = '1001' } | Request-EpPromotionCode
            """,
            one, two).ThrowIfFailed();

        Assert.Equal(["1001", "3"], runs.Values("Generated").Order());
        JobSpec spec = sandbox.Store.Jobs(one).Single().Spec;
        Assert.Equal(("a", 12, 2, "per_application"), (spec.CodePrefix, spec.CodeLength, spec.MaxUsesPerCode, spec.ConsumeUnit));
        Assert.Equal([1000, 1], sandbox.Store.Jobs(two).Select(job => job.Spec.NumberOfCodes!.Value));
        Assert.All(sandbox.Store.Jobs(two), job => Assert.Null(job.Spec.CodePrefix));
    }

    [Fact]
    public async Task A_promotion_that_is_given_twice_is_one_run()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("$args[0], $args[0] | Request-EpPromotionCode -Count 3", id).ThrowIfFailed();

        Assert.Single(runs.Output);
        Assert.Equal(3, sandbox.Store.Codes(id).Count);
    }

    [Theory]
    [InlineData("Count = 4")]
    [InlineData("Count = 3; CodePrefix = 'b'")]
    [InlineData("Count = 3; Path = 'other.csv'")]
    public async Task A_promotion_that_is_given_twice_with_other_parameters_is_an_error(string other)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run(
            "[pscustomobject]@{ PromotionId = $args[0]; Count = 3 }, [pscustomobject]@{ PromotionId = $args[0].ToUpper(); other } | Request-EpPromotionCode"
                .Replace("other", other, StringComparison.Ordinal),
            id);

        Assert.Equal("RequestedTwice,EpPromo.PowerShell.RequestEpPromotionCodeCommand", Assert.Single(runs.ErrorIds));
        Assert.Equal("3", Assert.Single(runs.Values("Generated")));
        Assert.Equal(3, sandbox.Store.Codes(id).Count);
    }

    [Fact]
    public async Task A_promotion_that_is_given_twice_has_one_file()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run(
            "$args[0], $args[0].ToUpper() | Request-EpPromotionCode -Count 3 -NoClobber -Path $args[1]", id, _folder).ThrowIfFailed();

        Assert.Single(runs.Output);
        Assert.Matches("^One_ep-[0-9a-z-]+[.]csv$", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder))));
    }

    [Fact]
    public async Task NoClobber_keeps_a_file_and_makes_no_codes()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string file = Path.Combine(_folder, "codes.csv");
        await File.WriteAllTextAsync(file, "old", TestContext.Current.CancellationToken);

        RunResult kept = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 4 -Path $args[1] -NoClobber", id, file);
        RunResult made = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 4 -Path $args[1] -NoClobber -Force", id, Path.Combine(_folder, "new", "codes.csv"));

        Assert.Equal("FileExists,EpPromo.PowerShell.RequestEpPromotionCodeCommand", Assert.Single(kept.ErrorIds));
        Assert.Equal("old", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("4", Assert.Single(made.ThrowIfFailed().Values("Generated")));
        Assert.Equal(4, sandbox.Store.Codes(id).Count);
    }

    [Fact]
    public async Task Path_writes_the_codes_of_this_run_and_no_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        sandbox.Store.AddCodes(ids[0], ["BF-OLD"]);
        session.Run("Request-EpPromotionCode -Promotion $args -Count 4 -CodePrefix bf", [.. ids]).ThrowIfFailed();

        RunResult runs = session.Run(
            "$folder, $ids = $args; $ids | Request-EpPromotionCode -Count 250 -BatchSize 100 -CodePrefix bf -Name bf26 -Path $folder",
            [Path.Combine(_folder, "codes"), .. ids]).ThrowIfFailed();

        Assert.Equal(2, runs.Output.Count);
        Assert.Empty(runs.Warnings);
        foreach ((string id, string name) in ids.Zip((string[])["One", "Two"]))
        {
            HashSet<string> jobs = [.. sandbox.Store.Jobs(id).Where(job => job.Spec.Name?.StartsWith("bf26 ", StringComparison.Ordinal) == true).Select(job => job.Id)];
            string[] lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "codes", name + "_bf26.csv"), TestContext.Current.CancellationToken);
            Assert.Equal(251, lines.Length);
            Assert.Equal(
                sandbox.Store.Codes(id).Where(code => code.JobId is { } job && jobs.Contains(job)).Select(code => code.Code).Order(),
                lines.Skip(1).Select(line => line.Split(',')[0]).Order());
        }
    }

    /// <summary>Line ends, byte order mark and quotes are the store's: with no other codes, the file equals an export of the promotion.</summary>
    [Theory]
    [InlineData(true, "\r\n")]
    [InlineData(false, "\n")]
    public async Task Path_writes_the_rows_as_the_store_wrote_them(bool byteOrderMark, string newLine)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(
            Sandboxes.Roomy with { ExportBom = byteOrderMark, ExportNewLine = newLine, ExportColumns = ["created_at", "code", "max_uses", "max_uses"] });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        string[] files = [Path.Combine(_folder, "run.csv"), Path.Combine(_folder, "whole.csv")];

        session.Run(
            "Request-EpPromotionCode -Promotion $args[0] -Count 3 -CodePrefix 'a,\"' -Path $args[1]; Export-EpPromotionCode -Promotion $args[0] $args[2]", id, files[0], files[1])
            .ThrowIfFailed();

        byte[] whole = await File.ReadAllBytesAsync(files[1], TestContext.Current.CancellationToken);
        Assert.Equal(whole, await File.ReadAllBytesAsync(files[0], TestContext.Current.CancellationToken));
        Assert.Equal(byteOrderMark, whole[0] == 0xEF);
        Assert.Equal(4, whole.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_an_error_and_fails_the_run()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with
        {
            Faults = [new FaultRule { Endpoint = "download", Action = FaultAction.Status, Status = 400 }],
        });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 4 -Path $args[1]", id, Path.Combine(_folder, "codes.csv"));

        Assert.Equal("DownloadFailed,EpPromo.PowerShell.RequestEpPromotionCodeCommand", Assert.Single(runs.ErrorIds));
        Assert.Equal("4 failed", Text(Assert.Single(runs.Output), "Generated", "Status"));
        Assert.Equal(runs.Errors[0].Exception.Message, runs.Values("Error").Single());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("-Promotion One -Count 0", "BadCount", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count -1", "BadCount", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -BatchSize 0", "BadBatchSize", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -BatchSize 1001", "BadBatchSize", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -Name ('n' * 41)", "BadRunName", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -Name \"a`tb\"", "BadRunName", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -CodeLength 7", "BadCodeLength", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -MaxUsesPerCode -1", "BadMaxUsesPerCode", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -Timeout -1", "BadTimeout", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion '' -Count 1", "NoPromotion", ErrorCategory.InvalidArgument)]
    [InlineData("-Promotion One -Count 1 -Path $folder/missing/codes.csv", "FolderMissing", ErrorCategory.WriteError)]
    public async Task Invalid_input_is_rejected_before_anything_is_sent(string arguments, string errorId, ErrorCategory category)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));
        int before = sandbox.Requests.Count;

        RunResult result = session.Run($"$folder = $args[0]; Request-EpPromotionCode {arguments}", _folder);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"{errorId},EpPromo.PowerShell.RequestEpPromotionCodeCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
        Assert.Equal(before, sandbox.Requests.Count);
    }

    [Fact]
    public async Task One_bad_promotion_does_not_stop_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string good = sandbox.Store.AddPromotion("Good").Id;
        string missing = Guid.NewGuid().ToString();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("Request-EpPromotionCode -PromotionId '', $args[0], $args[1] -Count 3", missing, good);

        Assert.Equal(["NoPromotion", "NotFound"], runs.ErrorIds.Select(id => id.Split(',')[0]).Order());
        Assert.Equal(["completed", "failed"], runs.Values("Status").Order());
        Assert.Equal(3, sandbox.Store.Codes(good).Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(PSObject item, params string[] properties) =>
        string.Join(' ', properties.Select(property => Convert.ToString(item.Properties[property].Value, CultureInfo.InvariantCulture)));
}
