namespace EpPromo.PowerShell.Files;

/// <summary>Explains errors of the file system.</summary>
internal static class FileErrors
{
    /// <summary>ERROR_SHARING_VIOLATION: another program has opened the file and does not share it.</summary>
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>ERROR_LOCK_VIOLATION: another program has locked a part of the file.</summary>
    private const int LockViolation = unchecked((int)0x80070021);

    /// <summary>The error for a file that cannot be written, found out before the codes were requested.</summary>
    public static EpPromoException CannotWrite(string path, Exception e) =>
        e.HResult is SharingViolation or LockViolation
            ? new(e, ErrorKind.File, nameof(SR.FileInUse), path)
            : new(e, ErrorKind.File, nameof(SR.CannotWriteFile), path, e.Message);

    /// <summary>The error for a file that could not be written, found out when the codes existed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="e">What the file system reports.</param>
    /// <param name="exportAgain">The command that exports the codes again.</param>
    public static EpPromoException NotWritten(string path, Exception e, ExportCommand exportAgain) =>
        new(e, ErrorKind.File, nameof(SR.FileNotWritten), path, e.Message, exportAgain);
}
