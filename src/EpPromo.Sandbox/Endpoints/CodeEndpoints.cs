using System.Text.Json.Nodes;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>The codes of a promotion (contract section 6).</summary>
internal sealed class CodeEndpoints(StoreState state)
{
    public const string One = Root + "/{code}";

    private const string Root = PromotionEndpoints.One + "/codes";

    private static readonly FilterFields Filters = new(new Dictionary<string, FilterField> { ["code"] = FilterField.Text("eq", "gt") });

    private readonly CodeOperations _codes = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, ListAsync).WithMetadata(EndpointKind.CodeList);
        routes.MapPost(Root, AddAsync).WithMetadata(EndpointKind.CodeAdd);
        routes.MapDelete(Root, DeleteManyAsync).WithMetadata(EndpointKind.CodeDelete);
        routes.MapDelete(One, DeleteOneAsync).WithMetadata(EndpointKind.CodeDelete);
    }

    private Task ListAsync(HttpContext context)
    {
        Query query = Query.Read(context, state.Options.DefaultPageLength, Filters, "code", "-code").WithUndeclaredPages(state.Options);
        if (!query.Filter.All(Understood))
        {
            throw ApiError.BadFilter();
        }

        (IReadOnlyList<(SandboxCode Code, int TimesUsed)> page, int total) =
            _codes.List(context.PromotionId(), query, ListLag.Of(context, state.Options));
        return context.WritePageAsync(page, total, query, state.Options, one => CodeJson.Of(one.Code, one.TimesUsed));
    }

    private async Task AddAsync(HttpContext context)
    {
        string id = context.PromotionId();
        IReadOnlyList<(string Code, CodeTerms Terms)> wanted = CodeBody.Read(context);
        CodeBody.Check(wanted);
        (IReadOnlyList<SandboxCode> added, IReadOnlyList<string> elsewhere) =
            await state.Writes.WriteAsync(id, () => _codes.Add(id, wanted), context.RequestAborted);
        var answer = new JsonObject { ["data"] = new JsonArray([.. added.Select(code => CodeJson.Of(code))]) };
        answer.AddUnlessNull("messages", elsewhere.Count > 0 ? Messages(elsewhere) : null);
        await JsonAnswer.WriteAsync(context, 201, answer);
    }

    private async Task DeleteManyAsync(HttpContext context)
    {
        string id = context.PromotionId();
        string[] unwanted = [.. CodeBody.Read(context).Select(one => one.Code)];
        await state.Writes.WriteAsync(id, () => _codes.Delete(id, unwanted), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    private async Task DeleteOneAsync(HttpContext context)
    {
        JsonBody.ExpectNone(context);
        string id = context.PromotionId();
        string code = context.PathPart("code");
        await state.Writes.WriteAsync(id, () => _codes.Delete(id, code), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    private bool Understood(FilterTerm term) => state.Options.CodeFilterSupport switch
    {
        CodeFilterSupport.WithoutEscapes => !term.IsEscaped,
        CodeFilterSupport.WithoutQuotes => !term.IsQuoted,
        CodeFilterSupport.None => false,
        _ => true,
    };

    private static JsonArray Messages(IReadOnlyList<string> codes) =>
    [
        new JsonObject
        {
            ["source"] = new JsonObject
            {
                ["type"] = CodeJson.Type,
                ["codes"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]),
            },
            ["title"] = "Duplicate code",
            ["description"] = "Other promotions have these codes too",
        },
    ];
}
