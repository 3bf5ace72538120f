using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace EpPromo.ModuleTests;

/// <summary>What Format-List does, which the bare engine lacks; the views and their choice are the engine's own.</summary>
[Cmdlet(VerbsCommon.Format, "AsList")]
public sealed class FormatAsListCommand : OuterFormatTableAndListBase
{
    public FormatAsListCommand()
    {
        // The engine keeps the shapes to itself: Format-List is allowed in, and made just so.
        const BindingFlags All = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        string here = typeof(OuterFormatTableAndListBase).Namespace!;
        Assembly engine = typeof(PSCmdlet).Assembly;
        object list = Enum.Parse(engine.GetType(here + ".FormatShape", throwOnError: true)!, "List");
        object shape = engine.GetType(here + ".InnerFormatShapeCommand", throwOnError: true)!.GetConstructors(All)[0].Invoke([list]);
        typeof(FrontEndCommandBase).GetField("implementation", All)!.SetValue(this, shape);
    }
}
