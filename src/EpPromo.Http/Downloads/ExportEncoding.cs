using System.Text;

namespace EpPromo.Http;

/// <summary>
/// How the bytes of an export file become characters and again the same bytes. Quotes, commas and line ends are single bytes in UTF-8, so
/// such a file is read byte by byte (as Latin-1, which has a character for each): what is not valid in it comes out as it went in.
/// </summary>
internal sealed class ExportEncoding
{
    private static readonly Encoding s_bytes = Encoding.GetEncoding("iso-8859-1");
    private static readonly ExportEncoding s_utf8 = new(s_bytes, []);

    /// <summary>The marks of files that are no UTF-8; the longer ones first, of which one begins as a shorter one does.</summary>
    private static readonly ExportEncoding[] s_marked =
    [
        new(new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true), [0xFF, 0xFE, 0, 0]),
        new(new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true), [0, 0, 0xFE, 0xFF]),
        new(s_bytes, [0xEF, 0xBB, 0xBF]),
        new(new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), [0xFF, 0xFE]),
        new(new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), [0xFE, 0xFF]),
    ];

    private ExportEncoding(Encoding characters, byte[] mark)
    {
        Characters = characters;
        Mark = mark;
    }

    /// <summary>Turns bytes into characters and back without a loss. Throws where that cannot be.</summary>
    public Encoding Characters { get; }

    /// <summary>What the file begins with, before its text.</summary>
    public byte[] Mark { get; }

    /// <summary>Finds out how a file is encoded; leaves it where its text begins.</summary>
    public static ExportEncoding Of(Stream file)
    {
        long start = file.Position;
        byte[] beginning = new byte[4];
        int count = 0;
        for (int read = -1; read != 0 && count < beginning.Length; count += read)
        {
            read = file.Read(beginning, count, beginning.Length - count);
        }

        ExportEncoding found = Array.Find(s_marked, one => one.Mark.Length <= count && one.Mark.SequenceEqual(beginning.Take(one.Mark.Length))) ?? s_utf8;
        file.Position = start + found.Mark.Length;
        return found;
    }

    /// <summary>The text of a value that was read so.</summary>
    public string Text(string value)
    {
        if (Characters != s_bytes || value.All(c => c < 0x80))
        {
            return value;
        }

        return Encoding.UTF8.GetString(s_bytes.GetBytes(value));
    }
}
