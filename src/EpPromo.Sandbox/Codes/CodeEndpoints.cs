using System.Text.Json.Nodes;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Filters;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Lists;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Codes;

/// <summary>The endpoints of a promotion's codes (contract section 6).</summary>
internal sealed class CodeEndpoints(StoreState state)
{
    public const string ItemRoute = CollectionRoute + "/{code}";

    private const string CollectionRoute = PromotionEndpoints.ItemRoute + "/codes";

    private static readonly FilterParser s_filterParser =
        new(new Dictionary<string, FilterField> { ["code"] = FilterField.Text("eq", "gt") });

    private readonly CodeOperations _codes = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CollectionRoute, ListAsync).WithMetadata(EndpointName.CodeList);
        routes.MapPost(CollectionRoute, AddAsync).WithMetadata(EndpointName.CodeAdd);
        routes.MapDelete(CollectionRoute, DeleteManyAsync).WithMetadata(EndpointName.CodeDelete);
        routes.MapDelete(ItemRoute, DeleteOneAsync).WithMetadata(EndpointName.CodeDelete);
    }

    private Task ListAsync(HttpContext context)
    {
        ListQuery query = ListQuery.Read(context, state.Options.DefaultPageLength, s_filterParser, "code", "-code")
            .WithUndeclaredPaging(state.Options);
        if (!query.Filter.All(IsSupported))
        {
            throw ErrorResponses.InvalidFilter();
        }

        (IReadOnlyList<(SandboxCode Code, int TimesUsed)> page, int total) =
            _codes.List(context.PromotionId(), query, ListLag.Of(context, state.Options));
        return context.WritePageAsync(
            page, total, query, state.Options, item => CodeResource.ToJson(item.Code, item.TimesUsed));
    }

    private async Task AddAsync(HttpContext context)
    {
        string id = context.PromotionId();
        IReadOnlyList<(string Code, CodeTerms Terms)> codes = Read(context);
        CodesRequestBody.Validate(codes);
        (IReadOnlyList<SandboxCode> added, IReadOnlyList<string> inOtherPromotions) =
            await state.WriteGate.WriteAsync(id, () => _codes.Add(id, codes), context.RequestAborted);
        var response = new JsonObject { ["data"] = new JsonArray([.. added.Select(code => CodeResource.ToJson(code))]) };
        response.AddUnlessNull("messages", inOtherPromotions.Count > 0 ? DuplicateMessages(inOtherPromotions) : null);
        await JsonResponse.WriteAsync(context, 201, response);
    }

    private async Task DeleteManyAsync(HttpContext context)
    {
        string id = context.PromotionId();
        string[] codes = [.. Read(context).Select(item => item.Code)];
        await state.WriteGate.WriteAsync(id, () => _codes.Delete(id, codes), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    private async Task DeleteOneAsync(HttpContext context)
    {
        JsonRequestBody.RequireEmpty(context);
        string id = context.PromotionId();
        string idOrText = context.RouteValue("code");
        await state.WriteGate.WriteAsync(id, () => _codes.Delete(id, idOrText), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    private IReadOnlyList<(string Code, CodeTerms Terms)> Read(HttpContext context)
    {
        IReadOnlyList<(string Code, CodeTerms Terms)> codes = CodesRequestBody.Read(context);
        return state.Options.MaxCodesPerRequest is > 0 and int max && codes.Count > max
            ? throw ErrorResponses.BadRequest($"A request can have at most {max} codes")
            : codes;
    }

    private bool IsSupported(FilterTerm term) => state.Options.CodeFilterSupport switch
    {
        CodeFilterSupport.WithoutEscapes => !term.IsEscaped,
        CodeFilterSupport.WithoutQuotes => !term.IsQuoted,
        CodeFilterSupport.None => false,
        _ => true,
    };

    private static JsonArray DuplicateMessages(IReadOnlyList<string> codes) =>
    [
        new JsonObject
        {
            ["source"] = new JsonObject
            {
                ["type"] = CodeResource.Type,
                ["codes"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]),
            },
            ["title"] = "Duplicate code",
            ["description"] = "Other promotions have these codes too",
        },
    ];
}
