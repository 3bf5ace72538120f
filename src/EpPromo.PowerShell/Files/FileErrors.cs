namespace EpPromo.PowerShell.Files;

/// <summary>Explains errors of the file system.</summary>
internal static class FileErrors
{
    /// <summary>The error for a file that cannot be written, found out before the codes were requested.</summary>
    public static EpPromoException CannotWrite(string path, Exception e) =>
        e is IOException error && SharingViolation.Is(error)
            ? new(e, ErrorKind.File, nameof(SR.FileInUse), path)
            : new(e, ErrorKind.File, nameof(SR.CannotWriteFile), path, e.Message);

    /// <summary>The error for a file that could not be written, found out when the codes existed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="e">What the file system reports.</param>
    /// <param name="exportAgain">The command that exports the codes again.</param>
    public static EpPromoException NotWritten(string path, Exception e, ExportCommand exportAgain) =>
        new(e, ErrorKind.File, nameof(SR.FileNotWritten), path, e.Message, exportAgain);
}
