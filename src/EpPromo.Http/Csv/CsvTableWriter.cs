using System.Text;
using EpPromo.Recipients;

namespace EpPromo.Http.Csv;

/// <summary>
/// Writes a CSV table row by row: in UTF-8, with the line ends of the system, as Export-Csv does. Values are quoted where RFC 4180 requires it,
/// and where a spreadsheet would otherwise cut white space off. They are never changed: the file is read again.
/// </summary>
internal sealed class CsvTableWriter : ICsvTableWriter
{
    private readonly StreamWriter _text;
    private readonly char _delimiter;
    private readonly char[] _special;

    /// <summary>Writes the header.</summary>
    public CsvTableWriter(Stream destination, CsvFormat format, IReadOnlyList<string> columns)
    {
        _text = new StreamWriter(destination, new UTF8Encoding(format.HasByteOrderMark), CsvRows.BufferLength, leaveOpen: true);
        _delimiter = format.Delimiter;
        _special = [format.Delimiter, '"', '\r', '\n'];
        Write(columns);
    }

    public void Write(IReadOnlyList<string> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                _text.Write(_delimiter);
            }

            WriteValue(values[i], isAlone: values.Count == 1);
        }

        _text.Write(Environment.NewLine);
    }

    public void Dispose() => _text.Dispose();

    private void WriteValue(string value, bool isAlone)
    {
        if (!NeedsQuotes(value, isAlone))
        {
            _text.Write(value);
            return;
        }

        _text.Write('"');
        _text.Write(value.Replace("\"", "\"\""));
        _text.Write('"');
    }

    /// <summary>An empty value that is alone in its row would be a blank line, which readers skip.</summary>
    private bool NeedsQuotes(string value, bool isAlone) => value.Length == 0
        ? isAlone
        : value.IndexOfAny(_special) >= 0 || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[value.Length - 1]);
}
