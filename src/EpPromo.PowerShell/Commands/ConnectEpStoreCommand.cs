using System.Management.Automation;
using System.Security;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Stores;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Connect-EpStore: connects a store, verifies the credentials at once, and makes it the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "EpStore", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(EpStore))]
public sealed class ConnectEpStoreCommand : AsyncCmdlet
{
    private const string EnvironmentSet = "Environment";
    private const string ClientSet = "Client";
    private const string CredentialSet = "Credential";
    private const string TokenSet = "AccessToken";

    /// <summary>
    /// An empty cell. As in all columns here, an empty cell is not null: PowerShell would bind it in a later pass, in which it prefers the
    /// default parameter set, and would ignore the credentials of the row.
    /// </summary>
    private const StoreRegion NoRegion = (StoreRegion)(-1);

    /// <summary>No list lags this long. A longer window is a typing error, and a command that waits for it would seem to hang.</summary>
    private static readonly TimeSpan s_longestWindow = TimeSpan.FromDays(1);

    private bool _hasWarnedOfColumns;

    /// <summary>The store that is being connected, until the session has it.</summary>
    private EpStore? _opened;

    /// <summary>The client id of an application key (Commerce Manager, Application Keys).</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string ClientId { get; set; } = "";

    /// <summary>
    /// The secret of the application key, as a SecureString. If you omit it at a prompt, PowerShell asks for it and hides what you type.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    public SecureString ClientSecret { get; set; } = new();

    /// <summary>The client id as user name and the client secret as password, for example from a vault or Get-Credential.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>A bearer token from elsewhere, as a SecureString. It is not renewed when it expires.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet, ValueFromPipelineByPropertyName = true)]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>
    /// The name of the store in this session, by which -Store finds it. A store of the same name is replaced; it stays open for variables
    /// that hold it.
    /// </summary>
    /// <value>the host of the store, with a number if another account of that host is connected</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Store")]
    [TextTransformation(Default = "")]
    public string? Name { get; set; }

    /// <summary>
    /// The region of Elastic Path's own cloud. If you omit both -Region and -BaseUri, EPCC_API_BASE_URL specifies the store; if it is not
    /// set, the region is US East.
    /// </summary>
    /// <value>EPCC_API_BASE_URL, or USEast</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConvertedTransformation(typeof(StoreRegion), Default = NoRegion)]
    public StoreRegion? Region { get; set; }

    /// <summary>
    /// The base URL of the store's API, if the store is not in one of the regions. It must be https://, except for a store on this
    /// machine. If the scheme is missing, https is used.
    /// </summary>
    /// <value>EPCC_API_BASE_URL, or US East</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation(Default = "")]
    public string? BaseUri { get; set; }

    /// <summary>
    /// The id of the organization, if the client id, secret or token belongs to an organization. Use it with -StoreId. If you specify no
    /// credentials, the default is EPCC_ORGANIZATION_ID.
    /// </summary>
    /// <value>none, or EPCC_ORGANIZATION_ID</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation(Default = "")]
    public string? OrganizationId { get; set; }

    /// <summary>
    /// The id of the store in the organization. Use it with -OrganizationId. If you specify no credentials, the default is EPCC_STORE_ID.
    /// </summary>
    /// <value>none, or EPCC_STORE_ID</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation(Default = "")]
    public string? StoreId { get; set; }

    /// <summary>
    /// Reject every command that would change the store, before anything is sent. An export is one of them, because it creates a job. In a
    /// table, yes, true and 1 are accepted. The variables EPCC_READ_ONLY and EPCC_CLI_READ_ONLY do the same for every store.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [YesNoTransformation]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>
    /// The maximum number of requests per second. A development store accepts 25, a production store 100. When the store asks for fewer,
    /// the rate is lowered for a while.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConvertedTransformation(typeof(double), Default = StoreOptions.DefaultMaxRequestsPerSecond)]
    [ValidateRange(0.1, 100_000)]
    public double MaxRequestsPerSecond { get; set; } = StoreOptions.DefaultMaxRequestsPerSecond;

    /// <summary>
    /// How long a job list may lag behind a create, in seconds or as a TimeSpan. When the response to a create is lost, the job is
    /// searched for during this time before the request is sent again.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecondsTransformation(Default = "00:01:00")]
    public TimeSpan? ConsistencyWindow { get; set; } = StoreOptions.DefaultConsistencyWindow;

    /// <summary>Return the store, so that you can keep it in a variable and pass it to -Store.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// A row of a table of stores, by pipeline only. Its columns are named like the parameters; a column Store is the name.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [BeginConnectTransformation]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Until this store is connected, no other store may be used in its place; also if no input comes.
        SessionStores.Current.BeginConnect();
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        SessionStores session = SessionStores.Current;
        if (ReadOnly)
        {
            ReadOnlyMode.Remember();
        }

        StoreOptions options;
        try
        {
            if (InputObject is not null)
            {
                StoreRow.Check(InputObject, MyInvocation);
                WarnOfColumns(InputObject);
            }

            options = ReadOptions();
            options = options with { Name = Name.NullIfEmpty() is { } name ? StoreName.Checked(name) : session.DefaultName(options) };
        }
        catch (EpPromoException e)
        {
            // Without a target: a rejected address may contain a password.
            ThrowTerminatingError(ErrorRecords.From(e, null));
            return;
        }

        Start(options.BaseUri, async cancellationToken =>
        {
            EpStore store;
            try
            {
                store = _opened = StoreConnector.Open(options);
                await store.Connection.VerifyAsync(this, cancellationToken);
            }
            catch (Exception e)
            {
                await PostAsync(() => ThrowTerminatingError(ErrorRecords.From(e, options.BaseUri)));
                return;
            }

            await PostAsync(() =>
            {
                session.Connect(store);
                _opened = null;
                if (PassThru)
                {
                    WriteObject(store);
                }
            });
        });

        // The next input waits until this store is the default or has failed, so that the last of several wins.
        DrainAll();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            // It could not be connected, or the pipeline was stopped just before that.
            _opened?.Dispose();
        }
    }

    private void WarnOfColumns(PSObject row)
    {
        if (!_hasWarnedOfColumns && InputColumns.Warning(row, MyInvocation, ParameterSetName) is { } warning)
        {
            _hasWarnedOfColumns = true;
            ShowWarning(warning);
        }
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
            // Without the organization of the environment, which belongs to the credentials of the environment.
            options = options with { Organization = StoreOrganization.Of(OrganizationId, StoreId) };
        }

        if (ConsistencyWindow < TimeSpan.Zero || ConsistencyWindow > s_longestWindow)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadConsistencyWindow));
        }

        ReadOnlyMode.CheckVariables();
        bool isReadOnly = ReadOnly;
        return options with
        {
            UserAgent = UserAgent.Text,
            ReadOnlyReason = () => isReadOnly ? SR.DetailReadOnlyConnection : ReadOnlyMode.Reason(),
            MaxRequestsPerSecond = MaxRequestsPerSecond,
            ConsistencyWindow = ConsistencyWindow ?? StoreOptions.DefaultConsistencyWindow,
        };
    }

    private Uri ReadBaseUri()
    {
        return string.IsNullOrEmpty(BaseUri)
            ? Region switch { StoreRegion.EUWest => StoreAddress.EuWest, StoreRegion.USEast => StoreAddress.UsEast, _ => StoreEnvironment.BaseUri }
            : Region is not null and not NoRegion ? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RegionAndBaseUri))
            : StoreAddress.Parse(BaseUri!);
    }
}
