using System.Reflection;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// Creates files that only their owner can read, because codes have a monetary value. On Windows, a file inherits the rights of its folder,
/// as all files there do.
/// </summary>
internal static class PrivateFile
{
    /// <summary>Read and write for the owner, nothing for others: 0600.</summary>
    public const int OwnerOnly = 0b110_000_000;

    /// <summary>A buffer size.</summary>
    public const int NoBuffer = 1;

    /// <summary>BindingFlags.DoNotWrapExceptions, which .NET Standard does not have.</summary>
    private const BindingFlags DoNotWrap = (BindingFlags)0x02000000;

    /// <summary>FileStreamOptions.UnixCreateMode: .NET 7 and later, so PowerShell 7.3. A file created with it never has wider rights.</summary>
    private static readonly PropertyInfo? s_createMode =
        typeof(FileStream).Assembly.GetType("System.IO.FileStreamOptions")?.GetProperty("UnixCreateMode");

    private static readonly ConstructorInfo? s_constructor =
        s_createMode is null ? null : typeof(FileStream).GetConstructor([typeof(string), s_createMode.DeclaringType!]);

    /// <summary>Creates a file for reading and writing; none of that name may exist.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="share">What others may do with it while it is open.</param>
    /// <param name="bufferSize">Bytes buffered, or <see cref="NoBuffer"/>.</param>
    /// <param name="options">How it is used.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission.</exception>
    public static FileStream Create(string path, FileShare share, int bufferSize, FileOptions options)
    {
        if (!UnixFile.IsUnix)
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, share, bufferSize, options);
        }

        if (s_constructor is not null)
        {
            return (FileStream)s_constructor.Invoke(DoNotWrap, null, [path, Options(share, bufferSize, options)], null);
        }

        // PowerShell 7.2: the file is empty until its rights are restricted. Another user who opens it before that keeps it open, and can
        // read what is written later.
        FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, share, bufferSize, options);
        UnixFile.SetMode(path, OwnerOnly);
        return file;
    }

    private static object Options(FileShare share, int bufferSize, FileOptions fileOptions)
    {
        Type type = s_createMode!.DeclaringType!;
        object options = Activator.CreateInstance(type)!;
        Set("Mode", FileMode.CreateNew);
        Set("Access", FileAccess.ReadWrite);
        Set("Share", share);
        Set("BufferSize", bufferSize);
        Set("Options", fileOptions);
        s_createMode.SetValue(options, Enum.ToObject(Nullable.GetUnderlyingType(s_createMode.PropertyType)!, OwnerOnly));
        return options;

        void Set(string name, object value) => type.GetProperty(name)!.SetValue(options, value);
    }
}
