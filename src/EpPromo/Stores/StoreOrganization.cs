namespace EpPromo.Stores;

/// <summary>
/// The organization that the key belongs to, and one of its stores (api-contract.md section 2, organization tokens). Both are required: an
/// organization's token is valid for all of its stores, so without a store it would be unclear where codes are created.
/// </summary>
internal sealed record StoreOrganization
{
    private StoreOrganization(string organizationId, string storeId)
    {
        OrganizationId = organizationId;
        StoreId = storeId;
    }

    /// <summary>The organization's id, sent as <c>EP-Org-ID</c>.</summary>
    public string OrganizationId { get; }

    /// <summary>The store's id, sent as <c>EP-Store-ID</c>.</summary>
    public string StoreId { get; }

    /// <summary>Both, without surrounding spaces; null if neither is specified.</summary>
    /// <exception cref="EpPromoException">One of them is missing, or contains characters that a header cannot.</exception>
    public static StoreOrganization? Of(string? organizationId, string? storeId)
    {
        string? organization = Checked("OrganizationId", organizationId);
        string? store = Checked("StoreId", storeId);
        return organization is null && store is null ? null
            : organization is null ? throw Incomplete("StoreId", "OrganizationId")
            : store is null ? throw Incomplete("OrganizationId", "StoreId")
            : new StoreOrganization(organization, store);
    }

    /// <summary>The message omits the value: it may be a secret that was passed by mistake.</summary>
    private static string? Checked(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null
        : value!.Trim() is var id && id.All(c => c is > ' ' and < '\x7f') ? id
        : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadOrganization), name);

    private static EpPromoException Incomplete(string given, string missing) =>
        new(ErrorKind.InvalidArgument, nameof(SR.OrganizationIncomplete), given, missing);
}
