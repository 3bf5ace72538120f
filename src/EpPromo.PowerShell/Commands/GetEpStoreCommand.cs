using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell;

/// <summary>Get-EpStore: lists the session's stores, with their request counters. Sends nothing.</summary>
[Cmdlet(VerbsCommon.Get, "EpStore", DefaultParameterSetName = NameSet)]
[OutputType(typeof(EpStore))]
public sealed class GetEpStoreCommand : PSCmdlet
{
    private const string NameSet = "Name";
    private const string DefaultSet = "Default";

    /// <summary>The names of the stores. Wildcards are allowed. Without it, all stores are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [TextTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StoreNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only the store that commands without -Store use. If there is none, the command reports why.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DefaultSet)]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionStores session = SessionStores.Current;
        try
        {
            if (Default)
            {
                WriteObject(session.Default);
                return;
            }

            // A copy of the list: a later command of the pipeline may disconnect the stores.
            WriteObject(
                Name is null ? session.All : session.Matching(Name, (name, error) => WriteError(ErrorRecords.From(error, name))),
                enumerateCollection: true);
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
        }
    }
}
