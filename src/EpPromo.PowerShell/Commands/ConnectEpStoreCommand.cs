using System.Management.Automation;
using System.Security;

namespace EpPromo.PowerShell;

/// <summary>Connect-EpStore: opens a store, checks the credentials at once, and makes it this runspace's default.</summary>
[Cmdlet(VerbsCommunications.Connect, "EpStore", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(EpStore))]
public sealed class ConnectEpStoreCommand : AsyncCmdlet, IRequestObserver
{
    private const string EnvironmentSet = "Environment";
    private const string ClientSet = "Client";
    private const string CredentialSet = "Credential";
    private const string TokenSet = "AccessToken";

    /// <summary>The client id of an application key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string ClientId { get; set; } = "";

    /// <summary>The secret of the application key; asked for, hidden, when left out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    public SecureString ClientSecret { get; set; } = new();

    /// <summary>The client id as user name and the secret as password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>A token that was asked for elsewhere; it is not renewed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>Where the store is; without it and -BaseUri, EPCC_API_BASE_URL or US East.</summary>
    [Parameter]
    public StoreRegion Region { get; set; }

    /// <summary>The store's API base URL, where it is not one of the regions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaseUri { get; set; }

    /// <summary>Refuse every change before it is sent.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>The most requests a second; 25 suits a development store, a production store takes 100.</summary>
    [Parameter]
    [ValidateRange(0.1, 10000)]
    public double MaxRequestsPerSecond { get; set; } = 25;

    /// <summary>How long a job list may lag behind a create, in seconds or as a TimeSpan.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan ConsistencyWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Emit the store, to hand it to -Store.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ErrorTarget => BaseUri;

    /// <inheritdoc/>
    private protected override void Process()
    {
        StoreOptions options = ReadOptions();
        SessionStores session = SessionStores.Current;
        Start(options.BaseUri, async cancellationToken =>
        {
            EpStore store = SessionStores.Open(options);
            try
            {
                await store.Connection.VerifyAsync(this, cancellationToken);
            }
            catch
            {
                store.Dispose();
                throw;
            }

            Post(() =>
            {
                session.Connect(store);
                if (PassThru)
                {
                    WriteObject(store);
                }
            });
        });
    }

    void IRequestObserver.Verbose(string line) => Post(() => WriteVerbose(line));

    void IRequestObserver.Debug(string text) => Post(() => WriteDebug(text));

    private StoreOptions ReadOptions()
    {
        Uri baseUri = ReadBaseUri();
        StoreOptions options = ParameterSetName switch
        {
            ClientSet => new() { BaseUri = baseUri, Credential = StoreCredential.FromClient(ClientId, ClientSecret) },
            CredentialSet => new() { BaseUri = baseUri, Credential = StoreCredential.FromClient(Credential.UserName ?? "", Credential.Password ?? new()) },
            TokenSet => new() { BaseUri = baseUri, Credential = StoreCredential.FromAccessToken(AccessToken) },
            _ => StoreEnvironment.Read(baseUri),
        };
        return options with { ReadOnly = ReadOnly, MaxRequestsPerSecond = MaxRequestsPerSecond, ConsistencyWindow = ConsistencyWindow };
    }

    private Uri ReadBaseUri()
    {
        bool regionGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Region));
        return BaseUri is null
            ? regionGiven ? (Region == StoreRegion.EUWest ? StoreAddress.EuWest : StoreAddress.UsEast) : StoreEnvironment.BaseUri
            : regionGiven ? throw new EpPromoException(ErrorKind.BadInput, nameof(SR.RegionAndBaseUri))
            : StoreAddress.Parse(BaseUri);
    }
}
