using System.Security.Cryptography;
using System.Text;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Sessions;

/// <summary>
/// The environment variables that Elastic Path's own command line reads (api-contract.md section 1), and two in the same style for the keys
/// of organizations, for which it has none.
/// </summary>
internal static class StoreEnvironment
{
    public const string BaseUrl = "EPCC_API_BASE_URL";
    public const string ClientId = "EPCC_CLIENT_ID";
    public const string ClientSecret = "EPCC_CLIENT_SECRET";

    public const string OrganizationId = "EPCC_ORGANIZATION_ID";
    public const string StoreId = "EPCC_STORE_ID";

    private static readonly string s_salt = Guid.NewGuid().ToString("N");

    /// <summary>The store's address from the environment, or US East.</summary>
    public static Uri BaseUri =>
        Environment.GetEnvironmentVariable(BaseUrl) is { Length: > 0 } url ? StoreAddress.Parse(url) : StoreAddress.UsEast;

    /// <summary>Whether the variables have credentials.</summary>
    public static bool IsComplete =>
        Environment.GetEnvironmentVariable(ClientId) is { Length: > 0 } && Environment.GetEnvironmentVariable(ClientSecret) is { Length: > 0 };

    /// <summary>The store that the variables describe.</summary>
    /// <param name="baseUri">Its address instead of that of the environment, or null.</param>
    /// <param name="organizationId">The organization instead, or null or empty.</param>
    /// <param name="storeId">The organization's store instead, or null or empty.</param>
    /// <param name="missing">The id of the error that names the variables that are not set.</param>
    /// <exception cref="EpPromoException">The variables are not set, or invalid.</exception>
    public static StoreOptions Read(Uri? baseUri, string? organizationId, string? storeId, string missing)
    {
        string? clientId = Environment.GetEnvironmentVariable(ClientId);
        string? secret = Environment.GetEnvironmentVariable(ClientSecret);
        return string.IsNullOrEmpty(clientId) || string.IsNullOrEmpty(secret)
            ? throw new EpPromoException(ErrorKind.NotAuthenticated, missing, Missing(clientId, secret))
            : new StoreOptions
            {
                BaseUri = baseUri ?? BaseUri,
                Credential = StoreCredential.FromClient(clientId!, secret!.ToSecureString()),
                Organization = StoreOrganization.Of(
                    Given(organizationId) ?? Environment.GetEnvironmentVariable(OrganizationId),
                    Given(storeId) ?? Environment.GetEnvironmentVariable(StoreId)),
            };
    }

    /// <summary>Changes when one of the variables does; reveals nothing about the secret, since the salt is new in each process.</summary>
    public static string Fingerprint()
    {
        string values = string.Join(
            "\n", s_salt, Environment.GetEnvironmentVariable(BaseUrl), Environment.GetEnvironmentVariable(ClientId),
            Environment.GetEnvironmentVariable(ClientSecret), Environment.GetEnvironmentVariable(OrganizationId),
            Environment.GetEnvironmentVariable(StoreId));
        using SHA256 hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(values)));
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string Missing(string? clientId, string? secret) =>
        !string.IsNullOrEmpty(clientId) ? $"{ClientSecret} is"
        : !string.IsNullOrEmpty(secret) ? $"{ClientId} is"
        : $"{ClientId} and {ClientSecret} are";
}
