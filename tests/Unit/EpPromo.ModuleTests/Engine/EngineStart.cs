using System.Management.Automation.Runspaces;

[assembly: AssemblyFixture(typeof(EpPromo.ModuleTests.Engine.EngineStart))]

namespace EpPromo.ModuleTests.Engine;

/// <summary>
/// Opens the first runspace of this process before any test runs. When several are opened at once and none was before, the engine can leave its own
/// commands out of some of them: "The term 'Import-Module' is not recognized".
/// </summary>
public sealed class EngineStart
{
    public EngineStart()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
    }
}
