namespace EpPromo.PowerShell.Files;

/// <summary>A temporary copy of a file, which shows whether the file has changed since.</summary>
internal sealed class FileCopy : IDisposable
{
    private const int BufferLength = 64 * 1024;

    private FileCopy(string path, Stream? content)
    {
        Path = path;
        Content = content;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its content when the copy was made, or null if it did not exist. The copy can seek.</summary>
    public Stream? Content { get; }

    /// <summary>Whether the file existed when the copy was made.</summary>
    public bool Exists => Content is not null;

    /// <summary>Copies the file at <paramref name="path"/>, even if another program has it open.</summary>
    /// <exception cref="EpPromoException">It cannot be read.</exception>
    public static FileCopy Of(string path)
    {
        if (!File.Exists(path))
        {
            return new FileCopy(path, null);
        }

        Stream copy = SpoolFile.Open();
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.CopyTo(copy, BufferLength);
            return new FileCopy(path, copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            copy.Dispose();
            throw Unreadable(path, e);
        }
    }

    /// <summary>Fails if another program has the file open, or has changed it since the copy was made.</summary>
    /// <exception cref="EpPromoException">It has.</exception>
    public void CheckUnchanged()
    {
        if (File.Exists(Path) != Exists || (Exists && !HasSameContent()))
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FileChanged), Path);
        }
    }

    public void Dispose() => Content?.Dispose();

    private bool HasSameContent()
    {
        try
        {
            using FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.None);
            return file.Length == Content!.Length && HasSameBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Path, e);
        }
    }

    private static EpPromoException Unreadable(string path, Exception e) => e is IOException error && SharingViolation.Is(error)
        ? new EpPromoException(e, ErrorKind.File, nameof(SR.FileInUse), path)
        : new EpPromoException(e, ErrorKind.File, nameof(SR.CannotReadFile), path, e.Message);

    private bool HasSameBytes(FileStream file)
    {
        Content!.Position = 0;
        byte[] now = new byte[BufferLength];
        byte[] before = new byte[BufferLength];
        while (ReadBlock(file, now) is > 0 and int count)
        {
            if (ReadBlock(Content, before) != count || !AreEqual(now, before, count))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEqual(byte[] block, byte[] other, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (block[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int ReadBlock(Stream stream, byte[] block)
    {
        int count = 0;
        for (int read = -1; read != 0 && count < block.Length; count += read)
        {
            read = stream.Read(block, count, block.Length - count);
        }

        return count;
    }
}
