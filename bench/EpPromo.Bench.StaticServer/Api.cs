using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Bench.StaticServer;

/// <summary>Responds to the requests that the benchmarks make. Filters and credentials are ignored.</summary>
internal sealed class Api(JobPages jobs, Uri file, TimeSpan latency)
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(
        """{"access_token":"a-token","token_type":"Bearer","expires_in":3600,"expires":4102444800,"identifier":"client_credentials"}""");

    private readonly byte[] _promotions = Encoding.UTF8.GetBytes(Promotions.List);
    private readonly byte[] _exports = Encoding.UTF8.GetBytes(ListJson.Page([JobJson.Export], offset: 0, limit: 100, total: 1));
    private readonly byte[] _link = Encoding.UTF8.GetBytes($$"""{"href":"{{file}}"}""");
    private int _created;

    public async Task RespondAsync(HttpContext context)
    {
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency);
        }

        // /oauth/access_token, /v2/rule-promotions, /v2/rule-promotions/{promotion}/jobs, /v2/rule-promotions/{promotion}/jobs/{job}/file
        string[] path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        await (path switch
        {
            ["oauth", ..] => context.WriteJsonAsync(200, _token),
            ["v2", _] => context.WriteJsonAsync(200, _promotions),
            ["v2", _, string promotion, "jobs"] when HttpMethods.IsPost(context.Request.Method) => CreateAsync(context, promotion),
            ["v2", _, Promotions.WithExport, "jobs"] => context.WriteJsonAsync(200, _exports),
            ["v2", _, _, "jobs"] => context.WriteJsonAsync(200, jobs.Page(Query(context, "page[offset]", 0), Query(context, "page[limit]", 25))),
            ["v2", _, _, "jobs", _, "file"] => context.WriteJsonAsync(200, _link),
            _ => context.WriteJsonAsync(404, """{"errors":[{"status":"404","title":"Not Found"}]}"""u8.ToArray()),
        });
    }

    /// <summary>Reads the whole request, as a store would. Each job has an id of its own, because clients may tell jobs apart by it.</summary>
    private async Task CreateAsync(HttpContext context, string promotion)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        await context.WriteJsonAsync(201, Encoding.UTF8.GetBytes(JobJson.Created(promotion, Interlocked.Increment(ref _created))));
    }

    private static int Query(HttpContext context, string name, int missing) =>
        context.Request.Query.TryGetValue(name, out var values) ? int.Parse(values.ToString(), CultureInfo.InvariantCulture) : missing;
}
