namespace EpPromo.Sandbox.Pipeline;

/// <summary>The name of an endpoint, as fault rules use it.</summary>
internal sealed record EndpointName(string Value)
{
    public static readonly EndpointName Token = new("token");
    public static readonly EndpointName PromotionList = new("promotion-list");
    public static readonly EndpointName PromotionGet = new("promotion-get");
    public static readonly EndpointName PromotionCreate = new("promotion-create");
    public static readonly EndpointName PromotionUpdate = new("promotion-update");
    public static readonly EndpointName PromotionDelete = new("promotion-delete");
    public static readonly EndpointName JobList = new("job-list");
    public static readonly EndpointName JobCreate = new("job-create");
    public static readonly EndpointName JobCancel = new("job-cancel");
    public static readonly EndpointName JobFile = new("job-file");
    public static readonly EndpointName CodeList = new("code-list");
    public static readonly EndpointName CodeAdd = new("code-add");
    public static readonly EndpointName CodeDelete = new("code-delete");
    public static readonly EndpointName UsageList = new("usage-list");
    public static readonly EndpointName UsageAnonymize = new("usage-anonymize");
    public static readonly EndpointName Download = new("download");

    /// <summary>All names.</summary>
    public static readonly IReadOnlyList<EndpointName> All =
    [
        Token,
        PromotionList, PromotionGet, PromotionCreate, PromotionUpdate, PromotionDelete,
        JobList, JobCreate, JobCancel, JobFile,
        CodeList, CodeAdd, CodeDelete,
        UsageList, UsageAnonymize,
        Download,
    ];
}
