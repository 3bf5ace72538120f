using System.Management.Automation;
using EpPromo.PowerShell.Loading;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell;

/// <summary>Called by the engine when the module is imported or removed.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Registers the resolver of the private assemblies. None of them is loaded yet.</summary>
    /// <exception cref="EpPromoException">.NET Framework is too old.</exception>
    public void OnImport()
    {
        FrameworkVersion.Check();
        LibraryResolver.Register();
    }

    /// <summary>Closes the stores of this runspace.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionStores.Current.Close();
}
