using System.Reflection;
using System.Text.RegularExpressions;
using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Promotions;
using EpPromo.Stores;
using EpPromo.UnitTests.Architecture;
using EpPromo.Usages;

namespace EpPromo.UnitTests.Http.Resources;

/// <summary>
/// docs/api-coverage.md lists the requests of api-contract.md, and those that the classes of the API can send. The module's tests compare it
/// with what each cmdlet sends.
/// </summary>
public sealed partial class ApiRequestTests
{
    private const string Rule = "/v2/rule-promotions";
    private const string Standard = "/v2/promotions";

    /// <summary>The arguments of the calls, by the names of the parameters or else by their types.</summary>
    private static readonly Dictionary<string, string> s_ids = new() { ["promotionId"] = "{promotion}", ["jobId"] = "{job}", ["codeId"] = "{code}" };

    [Fact]
    public void The_page_lists_the_requests_of_the_contract()
    {
        string contract = Read("api-contract.md");
        string jobsAndPromotions = contract[contract.IndexOf("## 5.", StringComparison.Ordinal)..contract.IndexOf("## 7.", StringComparison.Ordinal)];
        string standard = contract[contract.IndexOf("## 7.", StringComparison.Ordinal)..contract.IndexOf("## 8.", StringComparison.Ordinal)];

        IEnumerable<string> requests =
            from match in ContractRequest().Matches(jobsAndPromotions)
            from method in MethodName().Matches(match.Groups["methods"].Value).Select(one => one.Value)
            select $"{method} {Whole(match.Groups["path"].Value, Rule)}";
        IEnumerable<string> paths = ContractPath().Matches(standard).Select(match => Whole(match.Groups["path"].Value, Standard));

        Assert.Equal(requests.Distinct().Order(), Page().Select(row => row.Request).Where(IsRule).Order());
        Assert.Superset(paths.ToHashSet(), Page().Select(row => row.Request).Where(request => !IsRule(request)).Select(request => request.Split(' ')[1]).ToHashSet());
    }

    [Fact]
    public async Task The_page_lists_the_requests_that_can_be_sent()
    {
        HashSet<string> sent = [.. await SendAllAsync(PromotionKind.Rule), .. await SendAllAsync(PromotionKind.Standard)];

        // No cmdlet writes promotions of Promotions Standard: the contract does not say how.
        sent.ExceptWith([$"POST {Standard}", $"PUT {Standard}/{{promotion}}", $"DELETE {Standard}/{{promotion}}"]);
        Assert.Equal(Page().Where(row => row.IsSent).Select(row => row.Request).Order(), sent.Order());
    }

    /// <summary>Makes every call of the API once. Each is rejected, so that none is retried.</summary>
    private static async Task<IEnumerable<string>> SendAllAsync(PromotionKind kind)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(403, "Forbidden")));
        using TestStore store = new(origin.BaseUri);
        StoreApi api = store.Connection.Open(store, kind);
        foreach (PropertyInfo resource in typeof(StoreApi).GetProperties().Where(property => property.PropertyType.IsInterface))
        {
            foreach (MethodInfo method in resource.PropertyType.GetMethods().Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)))
            {
                int before = origin.Calls.Count;
                object?[] arguments = [.. method.GetParameters().Select(Argument)];
                await Assert.ThrowsAsync<ApiException>(() => (Task)method.Invoke(resource.GetValue(api), arguments)!);
                Assert.True(origin.Calls.Count == before + 1, $"{method.Name} has sent {origin.Calls.Count - before} requests.");
            }
        }

        return origin.Calls.Select(call => $"{call.Method} {call.Path.Replace("-x-", "{", StringComparison.Ordinal).Replace("-y-", "}", StringComparison.Ordinal)}");
    }

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        // Braces are not allowed in ids.
        _ when s_ids.TryGetValue(parameter.Name!, out string? id) => id.Replace("{", "-x-", StringComparison.Ordinal).Replace("}", "-y-", StringComparison.Ordinal),
        { } type when type == typeof(string) => "text",
        { } type when type == typeof(int) => 0,
        { } type when type == typeof(CancellationToken) => TestStore.Cancel,
        { } type when type == typeof(IReadOnlyList<string>) => new[] { "one" },
        { } type when type == typeof(IReadOnlyList<NewCode>) => new[] { new NewCode { Text = "one" } },
        { } type when type == typeof(NewJob) => Samples.Generate,
        { } type when type == typeof(PromotionFields) => new PromotionFields { Name = "one" },
        { } type when type == typeof(UsageSelection) => UsageSelection.All,
        { } type when type == typeof(Stream) => new MemoryStream(),
        _ => throw new InvalidOperationException($"Add an argument for the parameter {parameter.Name} of {parameter.Member.Name}."),
    };

    private static bool IsRule(string request) => request.Split(' ')[1].StartsWith(Rule, StringComparison.Ordinal);

    /// <summary>The whole path of an abbreviated one: …/{promotion}/codes, or …/codes/{code id}.</summary>
    private static string Whole(string path, string promotions) => path
        .Replace("{code id}", "{code}", StringComparison.Ordinal)
        .Replace("…/{promotion}", $"{promotions}/{{promotion}}", StringComparison.Ordinal)
        .Replace("…/", $"{promotions}/{{promotion}}/", StringComparison.Ordinal);

    private static (string Request, bool IsSent)[] Page() =>
        [.. PageRow().Matches(Read("api-coverage.md")).Select(row => (row.Groups["request"].Value, row.Groups["cmdlets"].Value.Trim().Length > 0))];

    private static string Read(string page) => File.ReadAllText(Path.Combine(SourceTree.Documents, page));

    [GeneratedRegex("(?<methods>(`[A-Z]+`, )*`[A-Z]+) (?<path>(/v2|…)/[^`]+)`")]
    private static partial Regex ContractRequest();

    [GeneratedRegex("[A-Z]+")]
    private static partial Regex MethodName();

    [GeneratedRegex("`(?<path>(/v2/promotions|…)/[^`]+)`")]
    private static partial Regex ContractPath();

    [GeneratedRegex(@"^\| `(?<request>[A-Z]+ /v2/[^`]+)` \|(?<cmdlets>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex PageRow();
}
