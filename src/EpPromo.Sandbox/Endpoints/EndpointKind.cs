namespace EpPromo.Sandbox.Endpoints;

/// <summary>What an endpoint is for; the name by which others speak of it.</summary>
internal sealed record EndpointKind(string Name)
{
    public static readonly EndpointKind Token = new("token");
    public static readonly EndpointKind PromotionList = new("promotion-list");
    public static readonly EndpointKind PromotionGet = new("promotion-get");
    public static readonly EndpointKind PromotionCreate = new("promotion-create");
    public static readonly EndpointKind PromotionUpdate = new("promotion-update");
    public static readonly EndpointKind PromotionDelete = new("promotion-delete");
    public static readonly EndpointKind JobList = new("job-list");
    public static readonly EndpointKind JobCreate = new("job-create");
    public static readonly EndpointKind JobCancel = new("job-cancel");
    public static readonly EndpointKind JobFile = new("job-file");
    public static readonly EndpointKind CodeList = new("code-list");
    public static readonly EndpointKind CodeAdd = new("code-add");
    public static readonly EndpointKind CodeDelete = new("code-delete");
    public static readonly EndpointKind UsageList = new("usage-list");
    public static readonly EndpointKind UsageAnonymize = new("usage-anonymize");
    public static readonly EndpointKind Download = new("download");
}
