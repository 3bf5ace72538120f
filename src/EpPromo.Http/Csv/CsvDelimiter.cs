namespace EpPromo.Http.Csv;

/// <summary>Finds out what separates the values of a CSV file. In many languages, spreadsheets write semicolons.</summary>
internal static class CsvDelimiter
{
    private const string Known = ",;\t|";

    /// <summary>The known delimiter that occurs most often in the header outside quotes; a comma if there is none.</summary>
    public static char Detect(TextReader file)
    {
        int[] counts = new int[Known.Length];
        bool isQuoted = false;
        for (int next = file.Read(); next >= 0 && (isQuoted || next is not ('\r' or '\n')); next = file.Read())
        {
            if (next == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && Known.IndexOf((char)next) is >= 0 and int known)
            {
                counts[known]++;
            }
        }

        return Known[Array.IndexOf(counts, counts.Max())];
    }
}
