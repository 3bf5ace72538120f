namespace EpPromo.Text;

/// <summary>What a spreadsheet runs as a formula when it opens a CSV file, quoted or not.</summary>
internal static class SpreadsheetFormula
{
    /// <summary>The last four are the full-width forms of the first.</summary>
    private const string Starts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>Whether a text that starts with this character can be a formula.</summary>
    public static bool CanStartWith(char character) => Starts.IndexOf(character) >= 0;

    /// <summary>
    /// Whether a value looks like a formula that was meant to run. A telephone number, a negative number and the name of an account are
    /// none, although they start like one: a formula that does harm calls a function or another program.
    /// </summary>
    public static bool IsLikely(string value) =>
        value.Length > 1 && CanStartWith(value[0]) && (value[0] is '=' or '\uFF1D' || CallsSomething(value));

    private static bool CallsSomething(string value)
    {
        for (int i = 1; i < value.Length; i++)
        {
            if (value[i] == '|' || (value[i] == '(' && char.IsLetter(value[i - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
