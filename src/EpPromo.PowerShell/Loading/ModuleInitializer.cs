using System.Management.Automation;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell.Loading;

/// <summary>Run by the engine when the module is imported and removed.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Teaches the session to find the private libraries; loads none of them.</summary>
    public void OnImport() => LibraryResolver.Register();

    /// <summary>Closes the stores of this runspace.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionStores.Current.Close();
}
