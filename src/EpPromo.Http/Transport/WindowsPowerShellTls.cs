using System.Net;
using System.Runtime.InteropServices;

namespace EpPromo.Http;

/// <summary>
/// Windows PowerShell 5.1 can come with a process that offers nothing newer than TLS 1.0, which no store takes. TLS 1.2 is added
/// to what the process allows, nothing is taken away; where the system decides by itself, or on .NET, nothing is touched.
/// </summary>
internal static class WindowsPowerShellTls
{
    public static void Allow()
    {
        const SecurityProtocolType systemDecides = 0;
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal)
            && ServicePointManager.SecurityProtocol is not systemDecides)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }
    }
}
