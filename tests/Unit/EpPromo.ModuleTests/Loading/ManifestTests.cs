using System.Management.Automation;
using EpPromo.ModuleTests.Engine;

namespace EpPromo.ModuleTests.Loading;

/// <summary>The manifest, and what every cmdlet declares.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void The_manifest_exports_the_cmdlets_that_exist()
    {
        using ModuleSession session = new();

        RunResult exported = session.Run("(Get-Module EpPromo).ExportedCmdlets.Keys").ThrowIfFailed();
        RunResult found = session.Run(
            """
            (Get-Module EpPromo).NestedModules + (Get-Module EpPromo) | ForEach-Object { $_.ImplementingAssembly } |
                Where-Object { $_ } | ForEach-Object { $_.GetTypes() } | ForEach-Object {
                    $attribute = [System.Reflection.CustomAttributeExtensions]::GetCustomAttribute($_, [System.Management.Automation.CmdletAttribute])
                    if ($attribute) { "$($attribute.VerbName)-$($attribute.NounName)" }
                }
            """).ThrowIfFailed();

        Assert.NotEmpty(found.Output);
        Assert.Equal(found.Output.Select(name => name.ToString()).Distinct().Order(), exported.Output.Select(name => name.ToString()).Order());
    }

    [Fact]
    public void Every_cmdlet_declares_its_output_and_has_a_Store_parameter()
    {
        using ModuleSession session = new();

        RunResult commands = session.Run("Get-Command -Module EpPromo").ThrowIfFailed();

        Assert.All(commands.Output.Select(command => (CmdletInfo)command.BaseObject), command =>
        {
            Assert.NotEmpty(command.OutputType);
            Assert.True(command.Parameters.ContainsKey("Store") || command.Name is "Connect-EpStore" or "Get-EpStore", command.Name);
        });
    }
}
