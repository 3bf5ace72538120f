using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Reads the values of a route, such as {promotion}, from the path of a request.</summary>
internal static class RouteValueExtensions
{
    public static string RouteValue(this HttpContext context, string name) => (string?)context.GetRouteValue(name) ?? "";

    public static string PromotionId(this HttpContext context) => context.RouteValue("promotion");
}
