using System.Text;

namespace EpPromo.Http.Csv;

/// <summary>
/// Converts the bytes of an export file to characters and back without loss. In UTF-8, quotes, commas and line endings are single bytes, so
/// such a file is read as Latin-1, one character for each byte: invalid UTF-8 sequences are copied unchanged.
/// </summary>
internal sealed class ExportCsvEncoding
{
    private static readonly Encoding s_latin1 = Encoding.GetEncoding("iso-8859-1");
    private static readonly ExportCsvEncoding s_utf8 = new(s_latin1, []);

    /// <summary>
    /// The encodings that a byte order mark announces. UTF-32 comes first, because its little-endian mark starts with that of UTF-16.
    /// </summary>
    private static readonly ExportCsvEncoding[] s_withMark =
    [
        new(new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true), [0xFF, 0xFE, 0, 0]),
        new(new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true), [0, 0, 0xFE, 0xFF]),
        new(s_latin1, [0xEF, 0xBB, 0xBF]),
        new(new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), [0xFF, 0xFE]),
        new(new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), [0xFE, 0xFF]),
    ];

    private ExportCsvEncoding(Encoding characters, byte[] byteOrderMark)
    {
        Characters = characters;
        ByteOrderMark = byteOrderMark;
    }

    /// <summary>Converts bytes to characters and back without loss; throws where that is impossible.</summary>
    public Encoding Characters { get; }

    /// <summary>The bytes that the file starts with; empty when it has no mark.</summary>
    public byte[] ByteOrderMark { get; }

    /// <summary>Detects the encoding and moves <paramref name="file"/> to the start of its text.</summary>
    public static ExportCsvEncoding Detect(Stream file)
    {
        long start = file.Position;
        byte[] beginning = new byte[4];
        int count = 0;
        for (int read = -1; read != 0 && count < beginning.Length; count += read)
        {
            read = file.Read(beginning, count, beginning.Length - count);
        }

        ExportCsvEncoding found = Array.Find(s_withMark, one => StartsWith(beginning, count, one.ByteOrderMark)) ?? s_utf8;
        file.Position = start + found.ByteOrderMark.Length;
        return found;
    }

    /// <summary>The text of a value that was read with <see cref="Characters"/>.</summary>
    public string Decode(string value) =>
        Characters != s_latin1 || value.All(c => c < 0x80) ? value : Encoding.UTF8.GetString(s_latin1.GetBytes(value));

    private static bool StartsWith(byte[] beginning, int count, byte[] mark) =>
        mark.Length <= count && mark.SequenceEqual(beginning.Take(mark.Length));
}
