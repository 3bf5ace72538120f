using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace EpPromo.PowerShell.Sessions;

/// <summary>The User-Agent header, by which the operators of the store can find the requests of this module in their logs.</summary>
internal static class UserAgent
{
    private const int MaxSystemLength = 60;

    /// <summary>The version of the module, such as "1.0.0".</summary>
    public static string ModuleVersion => typeof(UserAgent).Assembly.GetName().Version!.ToString(3);

    /// <summary>"EpPromo/1.0.0 (PowerShell 7.6.9; Ubuntu 24.04.3 LTS)". On the pipeline thread.</summary>
    public static string Text
    {
        get
        {
            return $"EpPromo/{ModuleVersion} (PowerShell {Runspace.DefaultRunspace.Version}; {OperatingSystem()})";
        }
    }

    /// <summary>The system's description, without characters that are not allowed in a header's comment.</summary>
    private static string OperatingSystem()
    {
        string plain = new([.. RuntimeInformation.OSDescription.Select(c => c is < ' ' or > '~' or '(' or ')' or '\\' ? ' ' : c)]);
        return plain.Substring(0, Math.Min(plain.Length, MaxSystemLength)).Trim();
    }
}
