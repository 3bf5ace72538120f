using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Export-EpPromotionCode and Receive-EpPromotionJob: only the codes that were asked for.</summary>
public sealed class OwnCodesFileTests : IDisposable
{
    private const string Reserialize =
        "ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }";

    private const string ToRow = "Select-Object -Property PromotionId, JobId";

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("summer")]
    [InlineData("vip")]
    [InlineData("")]
    public async Task A_pipeline_exports_500_of_850_codes_in_few_requests(string prefix)
    {
        await using SandboxServer sandbox = await StartAsync();
        string id = AddPromotion(sandbox, "Summer Sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        RunResult files = session.Run(
            $"Get-EpPromotion 'Summer Sale' | New-EpPromotionJob 500 -CodePrefix '{prefix}' | Wait-EpPromotionJob | Export-EpPromotionCode $args[0]",
            Path.Combine(_folder, "codes.csv")).ThrowIfFailed();

        SandboxCode[] made = [.. sandbox.Store.Codes(id).Where(code => code.JobId is not null)];
        Assert.Equal(500, made.Length);
        Assert.Equal(made.Select(code => code.Code).Order(), CodesIn("codes.csv").Order());
        Assert.Empty(files.Warnings);
        Assert.Equal("EpPromo.CodeFile", files.Output[0].TypeNames[0]);
        Assert.Equal(
            ("Summer Sale", id, made[0].JobId, null, "500", Path.Combine(_folder, "codes.csv")),
            (files.Values("PromotionName")[0], files.Values("PromotionId")[0], files.Values("JobId")[0], files.Values("Run")[0],
                files.Values("Codes")[0], files.Values("Path")[0]));
        Assert.DoesNotContain(sandbox.Requests.Skip(before), request => request.PathAndQuery.Contains("/codes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("code")]
    [InlineData("code,uses,consume_unit")]
    public async Task Without_times_in_the_file_the_list_of_codes_decides(string columns)
    {
        await using SandboxServer sandbox = await StartAsync(Sandboxes.Roomy with { ExportColumns = columns.Split(',') });
        string id = AddPromotion(sandbox, "Summer Sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("$args[1] | New-EpPromotionJob 500 -CodePrefix summer | Export-EpPromotionCode $args[0]", Path.Combine(_folder, "codes.csv"), id)
            .ThrowIfFailed();

        Assert.Equal(
            sandbox.Store.Codes(id).Where(code => code.JobId is not null).Select(code => code.Code).Order(), CodesIn("codes.csv").Order());
    }

    [Theory]
    [InlineData("$jobs | Export-EpPromotionCode $folder")]
    [InlineData("$jobs | " + Reserialize + " | Export-EpPromotionCode $folder")]
    [InlineData("$jobs | " + ToRow + " | Export-EpPromotionCode $folder")]
    [InlineData("$jobs | " + ToRow + " | ConvertTo-Csv | ConvertFrom-Csv | Export-EpPromotionCode $folder")]
    [InlineData("$jobs | Select-Object @{ n = 'Promotion'; e = 'PromotionName' }, JobId | Export-EpPromotionCode $folder")]
    [InlineData("Export-EpPromotionCode $folder -Job $jobs")]
    [InlineData("$jobs | ForEach-Object { Export-EpPromotionCode $folder -Promotion $_.PromotionName -JobId $_.JobId }")]
    [InlineData("$jobs | Export-EpPromotionCode $folder/first | Export-EpPromotionCode -LiteralPath $folder -WarningAction Stop")]
    public async Task A_job_in_any_form_has_its_own_codes(string line)
    {
        await using SandboxServer sandbox = await StartAsync();
        string[] ids = [AddPromotion(sandbox, "One"), AddPromotion(sandbox, "Two")];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run(
            "$folder, $ids = $args; $jobs = $ids | New-EpPromotionJob 20 -CodePrefix summer | Wait-EpPromotionJob; " + line, [_folder, .. ids])
            .ThrowIfFailed();

        Assert.Equal(ids.Order(), files.Values("PromotionId").Order());
        Assert.All(files.Output, file => Assert.Equal(
            sandbox.Store.Codes((string)file.Properties["PromotionId"].Value)
                .Where(code => code.JobId == (string)file.Properties["JobId"].Value).Select(code => code.Code).Order(),
            CodesIn((string)file.Properties["Path"].Value).Order()));
        Assert.Equal(["20", "20"], files.Values("Codes"));
    }

    [Theory]
    [InlineData("$run | Export-EpPromotionCode $folder")]
    [InlineData("$run | " + Reserialize + " | Export-EpPromotionCode $folder")]
    [InlineData("$run | Select-Object PromotionId, @{ n = 'Run'; e = 'Name' } | Export-EpPromotionCode $folder")]
    [InlineData("$run | ConvertTo-Csv | ConvertFrom-Csv | Export-EpPromotionCode $folder")]
    [InlineData("Export-EpPromotionCode $folder -Run $run")]
    [InlineData("Export-EpPromotionCode $folder -Run bf26")]
    [InlineData("Get-EpPromotionRun | " + Reserialize + " | Export-EpPromotionCode $folder")]
    [InlineData("Get-EpPromotionRun bf26 | Export-EpPromotionCode $folder")]
    [InlineData("$run | Export-EpPromotionCode $folder/first | Export-EpPromotionCode -LiteralPath $folder")]
    public async Task A_run_in_any_form_has_its_own_codes_one_file_for_each_promotion(string line)
    {
        await using SandboxServer sandbox = await StartAsync();
        string[] ids = [AddPromotion(sandbox, "One"), AddPromotion(sandbox, "Two")];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult files = session.Run(
            "$folder, $ids = $args; $run = $ids | Request-EpPromotionCode 25 -Name bf26 -BatchSize 10 -CodePrefix summer; " + line, [_folder, .. ids])
            .ThrowIfFailed();

        Assert.Equal(ids.Order(), files.Values("PromotionId").Order());
        Assert.All(files.Output, file => Assert.Equal(
            sandbox.Store.Codes((string)file.Properties["PromotionId"].Value).Where(code => code.JobId is not null).Select(code => code.Code).Order(),
            CodesIn((string)file.Properties["Path"].Value).Order()));
        Assert.Equal([("25", "bf26", null), ("25", "bf26", null)], files.Values("Codes").Zip(files.Values("Run"), files.Values("JobId")));
        Assert.Equal(["One_bf26.csv", "Two_bf26.csv"], files.Values("Name").Order());
    }

    [Theory]
    [InlineData("$job | Export-EpPromotionCode $folder -All")]
    [InlineData("$run | Export-EpPromotionCode $folder -All")]
    [InlineData("$id | Export-EpPromotionCode $folder")]
    [InlineData("Get-EpPromotion One | Export-EpPromotionCode $folder")]
    [InlineData("'One' | New-EpPromotionJob -Export | Export-EpPromotionCode $folder")]
    public async Task A_promotion_has_all_its_codes(string line)
    {
        await using SandboxServer sandbox = await StartAsync();
        string id = AddPromotion(sandbox, "One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult files = session.Run(
            """
            $folder, $id = $args
            $job = $id | New-EpPromotionJob 5 -CodePrefix summer | Wait-EpPromotionJob
            $run = $id | Request-EpPromotionCode 5 -Name bf26 -CodePrefix summer

            """ + line, _folder, id).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Codes(id).Select(code => code.Code).Order(), CodesIn(files.Values("Path")[0]!).Order());
        Assert.Equal(("360", id), (files.Values("Codes")[0], files.Values("PromotionId")[0]));
    }

    [Theory]
    [InlineData("$run", 30, "summer-", true)]
    [InlineData("$run | " + Reserialize, 30, "summer-", true)]
    [InlineData("$run | Export-EpPromotionCode $folder", 30, "summer-", true)]
    [InlineData("Get-EpPromotionRun bf26", 30, "summer-", true)]
    [InlineData("$job", 5, "summer-", false)]
    [InlineData("$job | " + Reserialize, 5, "summer-", false)]
    [InlineData("$job | " + ToRow, 5, "summer-", false)]
    [InlineData("$job | Export-EpPromotionCode $folder", 5, "summer-", false)]
    public async Task Receive_yields_the_codes_of_a_job_or_run(string input, int count, string start, bool hasRun)
    {
        await using SandboxServer sandbox = await StartAsync();
        string id = AddPromotion(sandbox, "One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult codes = session.Run(
            $$"""
            $folder, $id = $args
            $job = $id | New-EpPromotionJob 5 -CodePrefix summer | Wait-EpPromotionJob
            $run = $id | Request-EpPromotionCode 30 -Name bf26 -BatchSize 10 -CodePrefix summer
            {{input}} | Receive-EpPromotionJob
            """,
            _folder, id).ThrowIfFailed();

        Assert.Empty(codes.Warnings);
        Dictionary<string, string?> jobs = sandbox.Store.Codes(id).ToDictionary(code => code.Code, code => code.JobId);
        Assert.Equal(count, codes.Values("Code").Distinct().Count());
        Assert.All(codes.Output, code => Assert.Equal(jobs[(string)code.Properties["Code"].Value], code.Properties["JobId"].Value));
        Assert.All(codes.Values("Run"), run => Assert.Equal(hasRun ? "bf26" : null, run));
        Assert.All(codes.Values("Code"), code => Assert.StartsWith(start, code, StringComparison.Ordinal));
        Assert.All(codes.Values("PromotionName"), name => Assert.Equal("One", name));
    }

    [Theory]
    [InlineData("$job | Receive-EpPromotionJob -All")]
    [InlineData("Receive-EpPromotionJob -Run bf26 -All")]
    public async Task Receive_yields_the_whole_promotion_with_All(string line)
    {
        await using SandboxServer sandbox = await StartAsync();
        string id = AddPromotion(sandbox, "One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult codes = session.Run(
            "$id = $args[0]; $job = $id | New-EpPromotionJob 5 | Wait-EpPromotionJob; $null = $id | Request-EpPromotionCode 5 -Name bf26; " + line, id)
            .ThrowIfFailed();

        Assert.Equal(sandbox.Store.Codes(id).Select(code => code.Code).Order(), codes.Values("Code").Order());
    }

    [Fact]
    public async Task A_code_typed_during_the_job_is_neither_exported_nor_received()
    {
        AdjustableTimeProvider time = new();
        await using SandboxServer sandbox = await StartAsync(
            Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromMinutes(10), TimeProvider = time });
        string id = AddPromotion(sandbox, "One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        RunResult job = session.Run("$args[0] | New-EpPromotionJob 3 -CodePrefix summer", id).ThrowIfFailed();
        sandbox.Store.AddCodes(id, ["SUMMER-BY-HAND"]);
        time.Advance(TimeSpan.FromMinutes(20));

        RunResult codes = session.Run("$args[0] | Receive-EpPromotionJob", job.Output[0]).ThrowIfFailed();

        Assert.Equal(3, codes.Output.Count);
        Assert.Empty(codes.Warnings);
    }

    [Fact]
    public async Task A_failed_job_and_an_unfinished_run_are_errors_and_write_no_file()
    {
        await using SandboxServer sandbox = await StartAsync(Sandboxes.Quick with { CodesPerPromotion = 20 });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult files = session.Run(
            """
            $folder, $id = $args
            $run = $id | Request-EpPromotionCode 30 -Name bf26 -BatchSize 10 -ErrorAction SilentlyContinue
            $run | Export-EpPromotionCode $folder
            $run | Receive-EpPromotionJob
            $id | New-EpPromotionJob 5 | Export-EpPromotionCode $folder
            'nothing' | Select-Object @{ n = 'Run'; e = { $_ } }, @{ n = 'PromotionId'; e = { $id } } | Export-EpPromotionCode $folder
            """,
            _folder, id);

        Assert.Equal(
            [
                "RunIncomplete,EpPromo.PowerShell.ExportEpPromotionCodeCommand",
                "RunIncomplete,EpPromo.PowerShell.ReceiveEpPromotionJobCommand",
                "CodesLimitExceeded,EpPromo.PowerShell.ExportEpPromotionCodeCommand",
                "RunHasNoJobs,EpPromo.PowerShell.ExportEpPromotionCodeCommand",
            ],
            files.ErrorIds);
        Assert.Empty(files.Output);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_run_says_which_file_was_written()
    {
        await using SandboxServer sandbox = await StartAsync();
        string id = AddPromotion(sandbox, "One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult runs = session.Run(
            """
            $with = $args[1] | Request-EpPromotionCode 5 -Path $args[0]
            $with
            $args[1] | Request-EpPromotionCode 5
            $with | Request-EpPromotionCode 5 -Name again
            """,
            _folder, id).ThrowIfFailed();

        Assert.Equal([Path.Combine(_folder, $"One_{runs.Values("Name")[0]}.csv"), null, null], runs.Values("Path"));
        Assert.Equal(5, CodesIn(runs.Values("Path")[0]!).Length);
        Assert.Single(Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<SandboxServer> StartAsync(SandboxOptions? options = null) => Sandboxes.StartAsync(options ?? Sandboxes.Roomy);

    /// <summary>A promotion with 350 old codes, half of them with the prefix of the new ones.</summary>
    private static string AddPromotion(SandboxServer sandbox, string name)
    {
        string id = sandbox.Store.AddPromotion(name).Id;
        sandbox.Store.AddCodes(id, Enumerable.Range(0, 350).Select(number => $"{(number % 2 == 0 ? "SUMMER" : "OLD")}-AB12-{number:0000}"));
        return id;
    }

    private string[] CodesIn(string file) => [.. File.ReadAllLines(Path.Combine(_folder, file)).Skip(1).Select(line => line.Split(',')[0])];
}
