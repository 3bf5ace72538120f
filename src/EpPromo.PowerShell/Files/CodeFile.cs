using EpPromo.Codes;

namespace EpPromo.PowerShell.Files;

/// <summary>A file of codes, in the format that its extension says.</summary>
internal sealed class CodeFile
{
    private readonly AtomicFile _file;
    private readonly OutputPath _path;
    private readonly ICodeFiles _formats;

    /// <summary>A file to be written.</summary>
    /// <param name="file">The file itself.</param>
    /// <param name="path">Its format, and whose codes it gets.</param>
    /// <param name="formats">Writes formats other than CSV.</param>
    public CodeFile(AtomicFile file, OutputPath path, ICodeFiles formats)
    {
        _file = file;
        _path = path;
        _formats = formats;
    }

    /// <summary>Its full path.</summary>
    public string Path => _file.Path;

    /// <summary>
    /// Fails if the file cannot be written (<see cref="AtomicFile.CheckWritable"/>), or if the temporary folder is needed for it and cannot be
    /// used. Called before codes are requested from the store.
    /// </summary>
    /// <param name="selectsRows">Whether the file gets only some rows of the export; the whole export is then in the temporary folder.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public void CheckWritable(bool selectsRows)
    {
        if (selectsRows || !IsCsv)
        {
            SpoolFile.Check();
        }

        _file.CheckWritable();
    }

    /// <summary>
    /// Writes the file (<see cref="AtomicFile.WriteAsync"/>). Only CSV that is converted to another format is written to the temporary
    /// folder first.
    /// </summary>
    /// <param name="writeCsv">Writes CSV, as the store exports it, to an empty stream that can seek.</param>
    /// <param name="readCsv">Reads the CSV when it is complete; null if nothing has to be known of it.</param>
    /// <param name="exportJobId">The export job that the CSV comes from, for error messages; null if it has already been read as CSV.</param>
    /// <param name="warn">Callback: receives a warning if the file that is replaced has other names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file as it was when it got its name.</returns>
    /// <exception cref="EpPromoException">
    /// Of kind <see cref="ErrorKind.File"/>, or <see cref="ErrorKind.InvalidResponse"/> if the format needs CSV and there is none; nothing is
    /// left behind.
    /// </exception>
    public Task<WrittenFile> WriteAsync(
        Func<TemporaryFileStream, Task> writeCsv,
        Func<Stream, Task>? readCsv,
        string? exportJobId,
        Func<string, Task> warn,
        CancellationToken cancellationToken) => IsCsv
        ? _file.WriteAsync(writeCsv, readCsv, warn, cancellationToken)
        : _file.WriteAsync(
            destination => ConvertAsync(writeCsv, readCsv, exportJobId, destination, cancellationToken), null, warn, cancellationToken);

    private bool IsCsv => _path.Format == CodeFileFormat.Csv;

    private async Task ConvertAsync(
        Func<TemporaryFileStream, Task> writeCsv,
        Func<Stream, Task>? readCsv,
        string? exportJobId,
        Stream destination,
        CancellationToken cancellationToken)
    {
        using TemporaryFileStream csv = SpoolFile.Open();
        await writeCsv(csv);
        if (readCsv is not null)
        {
            await readCsv(csv);
        }

        csv.Position = 0;
        OutputTarget target = _path.Target;
        CodeFileOrigin origin = new(target.PromotionId, target.PromotionName, target.JobId, target.Run) { Kind = target.Kind };
        await _formats.ConvertAsync(csv, exportJobId ?? "", origin, _path.Format, destination, cancellationToken);
    }
}
