namespace EpPromo.PowerShell.Files;

/// <summary>The error of a file that another program has open.</summary>
internal static class SharingViolation
{
    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux and of macOS, which .NET uses as it is.</summary>
    private static readonly int[] s_codes = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    /// <summary>Whether <paramref name="error"/> is that error. On Unix, only programs on .NET lock the files that they open.</summary>
    public static bool Is(IOException error) => s_codes.Contains(error.HResult);
}
