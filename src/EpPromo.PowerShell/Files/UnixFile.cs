using System.Reflection;
using System.Runtime.InteropServices;

namespace EpPromo.PowerShell.Files;

/// <summary>What .NET Standard cannot read or set of a file on Unix: mode, owner, and number of hard links.</summary>
internal sealed class UnixFile
{
    private const int ModeBits = 0b111_111_111;
    private const uint Unchanged = uint.MaxValue;
    private const int ReadOnly = 0;

    /// <summary>File.GetUnixFileMode: .NET 7 and later.</summary>
    private static readonly MethodInfo? s_getMode = typeof(File).GetMethod("GetUnixFileMode", [typeof(string)]);

    private UnixFile(int mode, uint owner, uint group, uint linkCount)
    {
        Mode = mode;
        Owner = owner;
        Group = group;
        LinkCount = linkCount;
    }

    /// <summary>Whether this system is Unix, where a file has an owner and a mode.</summary>
    public static bool IsUnix { get; } = !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Who may read, write and execute it.</summary>
    public int Mode { get; }

    /// <summary>How many names (hard links) it has; 1 where that is unknown.</summary>
    public uint LinkCount { get; }

    private uint Owner { get; }

    private uint Group { get; }

    /// <summary>
    /// The file at <paramref name="path"/>, or null if there is none, or on Windows. Owner and number of links are known on Linux only.
    /// </summary>
    public static UnixFile? Find(string path)
    {
        if (!UnixFile.IsUnix || !File.Exists(path))
        {
            return null;
        }

        return TryStatx(path)
            ?? (s_getMode is null ? null : new UnixFile(Convert.ToInt32(s_getMode.Invoke(null, [path]), null) & ModeBits, Unchanged, Unchanged, 1));
    }

    /// <summary>
    /// Copies the owner and mode of this file to the file at <paramref name="path"/>, as far as the user may: only root can change the owner;
    /// other users can set groups that they belong to. What a user cannot set stays their own.
    /// </summary>
    public void CopyRightsTo(string path)
    {
        if (Owner != Unchanged && chown(path, Owner, Group) != 0)
        {
            _ = chown(path, Unchanged, Group);
        }

        // After the owner, because changing the owner clears bits of the mode.
        SetMode(path, Mode);
    }

    /// <summary>Sets a mode; without effect where the file system has none (a FAT volume).</summary>
    public static void SetMode(string path, int mode) => _ = chmod(path, (uint)mode);

    /// <summary>
    /// Flushes the names in a folder to the disk, so that a file that was renamed keeps its new name even if the power fails. Without effect on
    /// Windows, and where the file system does not support it.
    /// </summary>
    public static void FlushFolder(string folder)
    {
        if (!IsUnix || open(folder, ReadOnly) is not (>= 0 and int handle))
        {
            return;
        }

        _ = fsync(handle);
        _ = close(handle);
    }

    /// <summary>statx(2): the one form of stat whose structure is the same on every Linux.</summary>
    private static UnixFile? TryStatx(string path)
    {
        const int atCurrentFolder = -100;
        const uint basicStats = 0x7ff;
        const int links = 16, owner = 20, group = 24, mode = 28;
        byte[] result = new byte[256];
        try
        {
            return statx(atCurrentFolder, path, 0, basicStats, result) != 0 ? null : new UnixFile(
                BitConverter.ToUInt16(result, mode) & ModeBits,
                BitConverter.ToUInt32(result, owner),
                BitConverter.ToUInt32(result, group),
                BitConverter.ToUInt32(result, links));
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // macOS, or a C library from before 2018.
            return null;
        }
    }

#pragma warning disable SA1300, CA2101, CA5392 // Named as in C. On Unix "Ansi" is UTF-8, and the C library is not in our folder.
    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int chmod(string path, uint mode);

    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int chown(string path, uint owner, uint group);

    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int open(string path, int flags);

    [DllImport("libc")]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    private static extern int close(int handle);

    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int statx(int folder, string path, int flags, uint mask, [Out] byte[] result);
#pragma warning restore SA1300, CA2101, CA5392
}
