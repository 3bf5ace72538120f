using System.Reflection;
using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Help;

/// <summary>
/// docs/api-coverage.md lists exactly the requests that each cmdlet sends. The unit tests compare the page with the contract, and with what
/// the classes of the API can send.
/// </summary>
public sealed partial class ApiCoverageTests
{
    /// <summary>These send no requests, or only the one for a token.</summary>
    private static readonly string[] s_withoutRequests = ["Connect-EpStore", "Disconnect-EpStore", "Get-EpStore"];

    /// <summary>
    /// What each cmdlet is used for, with objects: names would also be looked up. <c>$p</c> is a promotion of either kind, <c>$r</c> a rule
    /// promotion, <c>$job</c> a generate job and <c>$export</c> an export job that have completed, <c>$active</c> a job that has not.
    /// </summary>
    private static readonly Dictionary<string, string> s_scripts = new()
    {
        ["Add-EpPromotionCode"] = "$p | Add-EpPromotionCode NEW1",
        ["Clear-EpPromotionUsage"] = "$usage | Clear-EpPromotionUsage -Force",
        ["Copy-EpPromotion"] = "$r | Copy-EpPromotion Another",
        ["Disable-EpPromotion"] = "$r | Disable-EpPromotion",
        ["Enable-EpPromotion"] = "$r | Disable-EpPromotion; $r | Enable-EpPromotion",
        ["Export-EpPromotionCode"] = "$p | Export-EpPromotionCode $folder/codes.csv",
        ["Export-EpPromotionReport"] = "$p | Export-EpPromotionReport $folder/report.html",
        ["Get-EpPromotion"] = "Get-EpPromotion -Kind $p.Kind; Get-EpPromotion -PromotionId $p.PromotionId -Kind $p.Kind",
        ["Get-EpPromotionCode"] = "$p | Get-EpPromotionCode",
        ["Get-EpPromotionJob"] = "$p | Get-EpPromotionJob",
        ["Get-EpPromotionRun"] = "$p | Get-EpPromotionRun",
        ["Get-EpPromotionUsage"] = "$r | Get-EpPromotionUsage; $usage | Get-EpPromotionUsage; $code | Get-EpPromotionUsage",
        ["Measure-EpPromotionCode"] = "$p | Measure-EpPromotionCode",
        ["Merge-EpPromotionCode"] = "[pscustomobject]@{ Email = 'mia@x' } | Merge-EpPromotionCode $folder/list.csv -Key Email -Job $job",
        ["New-EpPromotion"] = "New-EpPromotion Another",
        ["New-EpPromotionJob"] = "$p | New-EpPromotionJob 1",
        ["Receive-EpPromotionJob"] = "$job, $export | Receive-EpPromotionJob",
        ["Remove-EpPromotion"] = "$r | Remove-EpPromotion -Force",
        ["Remove-EpPromotionCode"] = "$p | Get-EpPromotionCode | Select-Object -First 1 | Remove-EpPromotionCode -Force",
        ["Request-EpPromotionCode"] = "$p | Request-EpPromotionCode 1",
        ["Set-EpPromotion"] = "$r | Set-EpPromotion -Description New",
        ["Stop-EpPromotionJob"] = "$active | Stop-EpPromotionJob -Force",
        ["Sync-EpPromotion"] =
            """
            $promotions = @{ name = $r.Name; description = 'New'; runs = @(@{ name = 'sync'; count = 1 }) }, @{ name = 'Another' }
            @{ promotions = $promotions } | ConvertTo-Json -Depth 5 | Set-Content $folder/promotions.json
            $null = Sync-EpPromotion $folder/promotions.json -Prune -Force
            """,
        ["Wait-EpPromotionJob"] = "$p | New-EpPromotionJob 1 | Wait-EpPromotionJob",
        ["Watch-EpPromotionRun"] = "$p | Watch-EpPromotionRun",
    };

    /// <summary>Other cmdlets that a script needs to prepare the input.</summary>
    private static readonly Dictionary<string, string[]> s_prepared = new()
    {
        ["Remove-EpPromotionCode"] = ["GET /v2/rule-promotions/{promotion}/codes", "GET /v2/promotions/{promotion}/codes"],
        ["Wait-EpPromotionJob"] = ["POST /v2/rule-promotions/{promotion}/jobs", "POST /v2/promotions/{promotion}/jobs"],
    };

    [Fact]
    public void Every_cmdlet_is_on_the_page()
    {
        using ModuleSession session = new();
        string[] exported = [.. session.Run("(Get-Module EpPromo).ExportedCmdlets.Keys").ThrowIfFailed().Output.Select(name => name.ToString())];

        Assert.Equal(exported.Except(s_withoutRequests).Order(), s_scripts.Keys.Order());
        Assert.Equal(s_scripts.Keys.Order(), Page().SelectMany(row => row.Cmdlets).Distinct().Order());
    }

    [Fact]
    public async Task Each_cmdlet_sends_the_requests_of_the_page()
    {
        List<(string Request, string Cmdlet)> sent = [];
        foreach ((string cmdlet, string script) in s_scripts)
        {
            foreach (string kind in new[] { "Rule", "Standard" })
            {
                IEnumerable<string> requests = await RunAsync(script, kind);
                sent.AddRange(requests.Except(s_prepared.GetValueOrDefault(cmdlet, [])).Select(request => (request, cmdlet)));
            }
        }

        string[] lines = [.. sent.Distinct().GroupBy(one => one.Request, one => one.Cmdlet).Select(row => $"{row.Key}: {string.Join(", ", row.Order())}").Order()];
        string[] expected = [.. Page().Where(row => row.Cmdlets.Length > 0).Select(row => $"{row.Request}: {string.Join(", ", row.Cmdlets.Order())}").Order()];
        Assert.True(expected.SequenceEqual(lines), "The requests are:\n" + string.Join('\n', lines));
    }

    [Fact]
    public void The_tests_of_the_page_exist()
    {
        MethodInfo[] methods = [.. typeof(ApiCoverageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute))];

        Assert.All(Page(), row => Assert.Contains(methods, method => $"{method.DeclaringType!.Name}.{method.Name}" == row.Test));
    }

    private static (string Request, string[] Cmdlets, string Test)[] Page() =>
    [
        .. from line in File.ReadLines(Path.Combine(RepositoryFolder.Root, "docs", "api-coverage.md"))
           let row = Row().Match(line)
           where row.Success
           select (row.Groups["request"].Value, Cmdlet().Matches(Special().Replace(row.Groups["cmdlets"].Value, "")).Select(match => match.Value).ToArray(), row.Groups["test"].Value),
    ];

    /// <summary>The requests that a script sends, with the names of ids in place of the ids.</summary>
    private static async Task<IEnumerable<string>> RunAsync(string script, string kind)
    {
        // A script without $p has nothing to do with the kind.
        if (kind == "Standard" && !Regex.IsMatch(script, @"\$(p|job|export|active)\b"))
        {
            return [];
        }

        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        try
        {
            bool isSlow = script.Contains("$active", StringComparison.Ordinal);
            await using SandboxServer sandbox = await Sandboxes.StartAsync(
                Sandboxes.Quick with { IncludeSeedData = true, BaseJobDuration = isSlow ? TimeSpan.FromHours(1) : Sandboxes.Quick.BaseJobDuration });
            using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
            session.Run(
                $$"""
                $global:folder = $args[0]
                $global:p = Get-EpPromotion -Kind {{kind}} | Where-Object { -not $_.Automatic -and $_.Enabled } | Select-Object -First 1
                $global:r = Get-EpPromotion | Where-Object { -not $_.Automatic -and $_.Enabled } | Select-Object -First 1
                $global:usage = @($r | Get-EpPromotionUsage)[0]
                $global:code = @($r | Get-EpPromotionCode)[0]
                if ({{(isSlow ? "$true" : "$false")}}) { $global:active = $p | New-EpPromotionJob 5 }
                else {
                    $global:job = $p | New-EpPromotionJob 5 -CodePrefix cover | Wait-EpPromotionJob
                    $global:export = $p | New-EpPromotionJob -Export | Wait-EpPromotionJob
                }
                """,
                folder).ThrowIfFailed();
            int before = sandbox.Requests.Count;

            session.Run(script).ThrowIfFailed();

            return [.. sandbox.Requests.Skip(before).Where(request => request.Origin == "api").Select(NameOf).Distinct()];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string NameOf(RecordedRequest request)
    {
        string[] segments = request.PathAndQuery.Split('?')[0].Split('/');
        for (int i = 1; i < segments.Length; i++)
        {
            segments[i] = !Guid.TryParse(segments[i], out _) ? segments[i] : segments[i - 1] switch
            {
                "jobs" => "{job}",
                "codes" => "{code}",
                _ => "{promotion}",
            };
        }

        return $"{request.Method} {string.Join('/', segments)}";
    }

    [GeneratedRegex(@"^\| `(?<request>[A-Z]+ /v2/[^`]+)` \|(?<cmdlets>[^|]*)\| `(?<test>\w+\.\w+)` \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Special();

    [GeneratedRegex(@"\w+-Ep\w+")]
    private static partial Regex Cmdlet();
}
