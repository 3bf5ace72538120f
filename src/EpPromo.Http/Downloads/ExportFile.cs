using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace EpPromo.Http;

/// <summary>
/// Reads an export file row by row, by its header. Its columns are not published (api-contract.md sections 5 and 8), so any are
/// taken; what is not CSV with a header at all (nothing, HTML, JSON, binary data) is an error rather than rows of rubbish.
/// </summary>
internal static class ExportFile
{
    private const int BufferLength = 16 * 1024;
    private const int LongestRow = 1024 * 1024;

    /// <summary>The rows, read as they are asked for.</summary>
    /// <exception cref="EpPromoException">The text is not CSV with a header.</exception>
    public static IEnumerable<ExportedCode> Read(Stream file)
    {
        using StreamReader text = new(file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, BufferLength, leaveOpen: true);
        CheckBeginning(text);
        using CsvDataReader csv = Open(text);
        if (!Next(csv, 1))
        {
            throw Bad(SR.ReasonCsvEmpty);
        }

        string[] columns = ColumnNames(Values(csv, csv.RowFieldCount, 1));
        for (int row = 2; Next(csv, row); row++)
        {
            yield return new ExportedCode(columns, Values(csv, columns.Length, row));
        }
    }

    private static void CheckBeginning(StreamReader text)
    {
        int first = text.Peek();
        if (first < 0)
        {
            throw Bad(SR.ReasonCsvEmpty);
        }

        if (first is '<' or '{' or '[')
        {
            throw Bad(SR.ReasonCsvOther);
        }
    }

    private static CsvDataReader Open(StreamReader text)
    {
        CsvDataReaderOptions options = new()
        {
            // The header is read as a row, because names may be empty or double.
            HasHeaders = false,
            Delimiter = ',',
            BufferSize = BufferLength,
            MaxBufferSize = LongestRow,
            OwnsReader = false,
        };
        try
        {
            return CsvDataReader.Create(text, options);
        }
        catch (FormatException)
        {
            throw Bad(SR.ReasonCsvRow, 1);
        }
    }

    private static bool Next(CsvDataReader csv, int row)
    {
        try
        {
            while (csv.Read())
            {
                if (csv.RowFieldCount > 1 || csv.GetString(0).Length > 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (FormatException)
        {
            throw Bad(SR.ReasonCsvRow, row);
        }
    }

    /// <summary>
    /// The values of the row, as many as there are columns: a short row is filled up, a longer one is an error unless the rest is
    /// empty.
    /// </summary>
    private static string[] Values(CsvDataReader csv, int columns, int row)
    {
        string[] values = new string[columns];
        for (int i = 0; i < Math.Max(columns, csv.RowFieldCount); i++)
        {
            string value = i < csv.RowFieldCount ? csv.GetString(i) : "";
            if (value.Contains("\0"))
            {
                throw Bad(SR.ReasonCsvBinary);
            }

            if (i < columns)
            {
                values[i] = DisplayText.Clean(value);
            }
            else if (value.Length > 0)
            {
                throw Bad(SR.ReasonCsvWide, row, csv.RowFieldCount, columns);
            }
        }

        return values;
    }

    /// <summary>Names that can be told apart: a column without a name is <c>Column2</c>, a second <c>uses</c> is <c>uses_2</c>.</summary>
    private static string[] ColumnNames(string[] header)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        string[] names = new string[header.Length];
        for (int i = 0; i < header.Length; i++)
        {
            string wanted = header[i].Trim() is { Length: > 0 } name
                ? name
                : string.Format(CultureInfo.InvariantCulture, "Column{0}", i + 1);
            names[i] = wanted;
            for (int number = 2; !taken.Add(names[i]); number++)
            {
                names[i] = string.Format(CultureInfo.InvariantCulture, "{0}_{1}", wanted, number);
            }
        }

        return names;
    }

    private static EpPromoException Bad(string reason, params object[] arguments) =>
        new(ErrorKind.BadAnswer, nameof(SR.BadCsv), MessageText.Of(reason, arguments));
}
