using System.Runtime.InteropServices;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// The version of .NET Framework that Windows PowerShell runs on. It reads DotNetFrameworkVersion in the manifest, but compares no more than
/// the major version, so the module checks the version itself.
/// </summary>
internal static class FrameworkVersion
{
    private const string Framework = ".NET Framework ";

    /// <summary>The builds of 4.7.2 start above it, those of 4.7.1 end below it.</summary>
    private static readonly Version s_minimum = new(4, 7, 3000);

    /// <summary>Fails on .NET Framework before 4.7.2.</summary>
    /// <exception cref="EpPromoException">It is older.</exception>
    public static void Check() => Check(RuntimeInformation.FrameworkDescription);

    /// <summary>The same for what the runtime says it is, such as ".NET Framework 4.8.9037.0".</summary>
    public static void Check(string description)
    {
        if (description.StartsWith(Framework, StringComparison.Ordinal)
            && Version.TryParse(description.Split(' ').Last(), out Version? version)
            && version < s_minimum)
        {
            throw new EpPromoException(ErrorKind.Refused, nameof(SR.FrameworkTooOld), description);
        }
    }
}
