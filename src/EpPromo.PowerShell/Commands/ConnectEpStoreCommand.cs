using System.Management.Automation;
using System.Security;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Commands;

/// <summary>Connect-EpStore: opens a store, checks the credentials at once, and makes it this runspace's default.</summary>
[Cmdlet(VerbsCommunications.Connect, "EpStore", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(EpStore))]
public sealed class ConnectEpStoreCommand : AsyncCmdlet
{
    private const string EnvironmentSet = "Environment";
    private const string ClientSet = "Client";
    private const string CredentialSet = "Credential";
    private const string TokenSet = "AccessToken";

    private const double DefaultRequestsPerSecond = 25;
    private static readonly TimeSpan s_defaultConsistencyWindow = TimeSpan.FromSeconds(60);

    /// <summary>No list lags for so long; a longer window is a slip, and what waits for it would seem to hang.</summary>
    private static readonly TimeSpan s_longestWindow = TimeSpan.FromDays(1);

    /// <summary>The client id of an application key (Commerce Manager, Application Keys).</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string ClientId { get; set; } = "";

    /// <summary>The secret of the application key, as a SecureString. At a prompt it is asked for, hidden, when left out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    public SecureString ClientSecret { get; set; } = new();

    /// <summary>The client id as user name and the client secret as password, for example from a vault or Get-Credential.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>A bearer token that was asked for elsewhere, as a SecureString. It is not renewed when it dies.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>
    /// The region of Elastic Path's own cloud. Without it and without -BaseUri, EPCC_API_BASE_URL says where the store is, and without
    /// that it is US East.
    /// </summary>
    /// <value>EPCC_API_BASE_URL, else USEast</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalTransformation]
    public StoreRegion? Region { get; set; }

    /// <summary>
    /// The store's API base URL, where it is not one of the regions. https:// only, except to this very machine; a missing scheme is
    /// https.
    /// </summary>
    /// <value>EPCC_API_BASE_URL, else US East</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? BaseUri { get; set; }

    /// <summary>
    /// The id of the organization, where the client id, secret or token is an organization's. It goes with -StoreId. Without parameters for
    /// the credentials, EPCC_ORGANIZATION_ID is used when it is left out.
    /// </summary>
    /// <value>none, or EPCC_ORGANIZATION_ID</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? OrganizationId { get; set; }

    /// <summary>
    /// The id of the organization's store to work on. It goes with -OrganizationId. Without parameters for the credentials, EPCC_STORE_ID is
    /// used when it is left out.
    /// </summary>
    /// <value>none, or EPCC_STORE_ID</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? StoreId { get; set; }

    /// <summary>
    /// Refuse every command that would change the store, before anything is sent. An export is one: it makes a job.
    /// </summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>
    /// The most requests a second. A development store takes 25, a production store 100. When the store asks for less, the rate is
    /// lowered for a while.
    /// </summary>
    [Parameter]
    [OptionalTransformation(Default = DefaultRequestsPerSecond)]
    [ValidateRange(0.1, 10000)]
    public double MaxRequestsPerSecond { get; set; } = DefaultRequestsPerSecond;

    /// <summary>
    /// How long a job list may lag behind a create, in seconds or as a TimeSpan. So long a job whose answer was lost is looked for
    /// before it is sent again.
    /// </summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? ConsistencyWindow { get; set; } = s_defaultConsistencyWindow;

    /// <summary>Emit the store, to keep it in a variable and hand it to -Store.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        SessionStores session = SessionStores.Current;

        // Until it has worked, no other store may be used in its place.
        session.BeginConnect();
        StoreOptions options;
        try
        {
            options = ReadOptions();
        }
        catch (EpPromoException e)
        {
            // About nothing: an address that is refused may hold a password.
            ThrowTerminatingError(ErrorRecords.From(e, null));
            return;
        }

        Start(options.BaseUri, async cancellationToken =>
        {
            EpStore? store = null;
            try
            {
                store = SessionStores.Open(options);
                await store.Connection.VerifyAsync(this, cancellationToken);
            }
            catch (Exception e)
            {
                store?.Dispose();
                await PostAsync(() => ThrowTerminatingError(ErrorRecords.From(e, options.BaseUri)));
                return;
            }

            await PostAsync(() =>
            {
                session.Connect(store);
                if (PassThru)
                {
                    WriteObject(store);
                }
            });
        });

        // The next one begins when this one is the default, or has failed: the last of several decides.
        EmitAll();
    }

    private StoreOptions ReadOptions()
    {
        Uri baseUri = ReadBaseUri();
        StoreOptions options = ParameterSetName switch
        {
            ClientSet => new() { BaseUri = baseUri, Credential = StoreCredential.FromClient(ClientId, ClientSecret) },
            CredentialSet => new() { BaseUri = baseUri, Credential = StoreCredential.FromClient(Credential.UserName ?? "", Credential.Password ?? new()) },
            TokenSet => new() { BaseUri = baseUri, Credential = StoreCredential.FromAccessToken(AccessToken) },
            _ => StoreEnvironment.Read(baseUri, OrganizationId, StoreId, nameof(SR.NoCredentials)),
        };
        if (ParameterSetName != EnvironmentSet)
        {
            // Those of the environment belong to the credentials of the environment.
            options = options with { Organization = StoreOrganization.Of(OrganizationId, StoreId) };
        }

        if (ConsistencyWindow < TimeSpan.Zero || ConsistencyWindow > s_longestWindow)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadConsistencyWindow));
        }

        return options with
        {
            UserAgent = UserAgent.Text,
            ReadOnly = ReadOnly,
            MaxRequestsPerSecond = MaxRequestsPerSecond,
            ConsistencyWindow = ConsistencyWindow ?? s_defaultConsistencyWindow,
        };
    }

    private Uri ReadBaseUri()
    {
        return string.IsNullOrEmpty(BaseUri)
            ? Region switch { StoreRegion.EUWest => StoreAddress.EuWest, StoreRegion.USEast => StoreAddress.UsEast, _ => StoreEnvironment.BaseUri }
            : Region is not null ? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RegionAndBaseUri))
            : StoreAddress.Parse(BaseUri!);
    }
}
