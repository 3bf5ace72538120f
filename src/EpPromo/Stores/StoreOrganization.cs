namespace EpPromo.Stores;

/// <summary>
/// The organization whose key asks, and which of its stores it asks (api-contract.md section 2, organization tokens). The two go together:
/// a token of an organization is good for all of its stores, so without a store nobody would know which one codes are made in.
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

    /// <summary>Both, blanks around them removed; null when neither is given.</summary>
    /// <exception cref="EpPromoException">One of them is missing, or holds what cannot stand in a header.</exception>
    public static StoreOrganization? Of(string? organizationId, string? storeId)
    {
        string? organization = Checked("OrganizationId", organizationId);
        string? store = Checked("StoreId", storeId);
        return organization is null && store is null ? null
            : organization is null ? throw Incomplete("StoreId", "OrganizationId")
            : store is null ? throw Incomplete("OrganizationId", "StoreId")
            : new StoreOrganization(organization, store);
    }

    /// <summary>The value is not repeated: it may be a secret that was put in the wrong place.</summary>
    private static string? Checked(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null
        : value!.Trim() is var id && id.All(c => c is > ' ' and < '\x7f') ? id
        : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadOrganization), name);

    private static EpPromoException Incomplete(string given, string missing) =>
        new(ErrorKind.InvalidArgument, nameof(SR.OrganizationIncomplete), given, missing);
}
