using EpPromo.Text;

namespace EpPromo.Recipients;

/// <summary>What should be said about a list of recipients although it can be merged.</summary>
internal sealed class MergeNotes
{
    /// <summary>How many rows were left out, because the recipient has an earlier row.</summary>
    public int RepeatedCount { get; private set; }

    /// <summary>The first of them: the recipient.</summary>
    public string RepeatedKey { get; private set; } = "";

    /// <summary>The position of its first row in the list.</summary>
    public long RepeatedFirst { get; private set; }

    /// <summary>The position of the row that was left out.</summary>
    public long RepeatedSecond { get; private set; }

    /// <summary>How many values a spreadsheet would run as formulas.</summary>
    public int FormulaCount { get; private set; }

    /// <summary>A row is left out, because its recipient has an earlier one.</summary>
    public void AddRepeated(string key, long first, long second)
    {
        if (RepeatedCount++ == 0 || second < RepeatedSecond)
        {
            (RepeatedKey, RepeatedFirst, RepeatedSecond) = (key, first, second);
        }
    }

    /// <summary>Counts the values that a spreadsheet would run.</summary>
    public void CheckFormulas(string[] values)
    {
        foreach (string value in values)
        {
            FormulaCount += SpreadsheetFormula.IsLikely(value) ? 1 : 0;
        }
    }
}
