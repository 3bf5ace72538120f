namespace EpPromo.PowerShell.Loading;

/// <summary>Recognizes that .NET Framework refuses an assembly because Windows has marked its file as downloaded.</summary>
internal static class BlockedFile
{
    /// <summary>COR_E_NOTSUPPORTED.</summary>
    private const int NotSupported = unchecked((int)0x80131515);

    /// <summary>Whether <paramref name="e"/> says so.</summary>
    public static bool Is(Exception e) => e is FileLoadException { HResult: NotSupported };
}
