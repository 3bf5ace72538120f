using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell;

/// <summary>Disconnect-EpStore: forgets the credentials of stores and closes their connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "EpStore", DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(void))]
public sealed class DisconnectEpStoreCommand : PSCmdlet
{
    private const string DefaultSet = "Default";
    private const string NameSet = "Name";
    private const string StoreSet = "Store";

    /// <summary>The names of the stores to disconnect. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StoreNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The stores to disconnect, or their names. A store that is disconnected already is no error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StoreSet, ValueFromPipeline = true)]
    [StoreTransformation(IsList = true)]
    [ArgumentCompleter(typeof(StoreNameCompleter))]
    [ValidateNotNull]
    public EpStore[] Store { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionStores session = SessionStores.Current;
        if (ParameterSetName == DefaultSet)
        {
            // There may be none. At the end of a script that is no error: it would hide why there is none.
            session.DisconnectDefault();
            return;
        }

        try
        {
            IEnumerable<EpStore> stores = ParameterSetName == NameSet
                ? session.Matching(Name, (name, error) => WriteError(ErrorRecords.From(error, name)))
                : Store;
            foreach (EpStore store in stores)
            {
                session.Disconnect(store);
            }
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
        }
    }
}
