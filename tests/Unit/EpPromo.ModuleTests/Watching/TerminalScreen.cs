using System.Globalization;
using System.Text.RegularExpressions;

namespace EpPromo.ModuleTests.Watching;

/// <summary>What a terminal shows after the output so far: it knows the control sequences with which text is replaced.</summary>
internal static partial class TerminalScreen
{
    /// <summary>The lines on the screen, without empty ones at the end.</summary>
    public static string[] Of(string output)
    {
        List<string> lines = [""];
        int row = 0;
        foreach (Match part in Part().Matches(output))
        {
            string text = part.Value;
            switch (text[^1])
            {
                case '\n':
                    row++;
                    if (row == lines.Count)
                    {
                        lines.Add("");
                    }

                    break;
                case 'A' when part.Groups["up"].Success:
                    row -= int.Parse(part.Groups["up"].Value, CultureInfo.InvariantCulture);
                    break;
                case 'J' when text[0] == '\u001b':
                    lines.RemoveRange(row + 1, lines.Count - row - 1);
                    lines[row] = "";
                    break;
                case '\r':
                case 'K' when text[0] == '\u001b':
                    break;
                default:
                    // Text always starts at the beginning of a line here, and the rest of the line is erased.
                    lines[row] = text;
                    break;
            }
        }

        return [.. lines.Reverse<string>().SkipWhile(line => line.Length == 0).Reverse()];
    }

    [GeneratedRegex(@"\u001b\[(?<up>\d+)A|\u001b\[[KJ]|\r|\n|[^\u001b\r\n]+")]
    private static partial Regex Part();
}
