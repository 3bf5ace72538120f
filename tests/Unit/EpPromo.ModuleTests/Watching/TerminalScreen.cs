using System.Globalization;
using System.Text.RegularExpressions;

namespace EpPromo.ModuleTests.Watching;

/// <summary>
/// What a terminal shows after the output so far, with the lines that have left it at the top. It wraps and scrolls, and knows the control
/// sequences with which text is replaced.
/// </summary>
internal static partial class TerminalScreen
{
    /// <summary>The lines, without empty ones at the end.</summary>
    public static string[] Of(string output, int width = 80, int height = 50)
    {
        List<string> lines = [""];
        int row = 0;
        foreach (Match part in Part().Matches(output))
        {
            switch (part)
            {
                case { Value: "\n" }:
                    Down();
                    break;
                case { Value: "\r" or "\u001b[K" }:
                    break;
                case { Value: "\u001b[J" }:
                    lines.RemoveRange(row + 1, lines.Count - row - 1);
                    lines[row] = "";
                    break;
                case var up when up.Groups["up"].Success:
                    // What has left the screen cannot be reached.
                    row = Math.Max(row - int.Parse(up.Groups["up"].Value, CultureInfo.InvariantCulture), Math.Max(0, lines.Count - height));
                    break;
                default:
                    // Text always starts at the beginning of a line here, and the rest of the line is erased.
                    foreach ((int index, string text) in part.Value.Chunk(width).Select(text => new string(text)).Index())
                    {
                        if (index > 0)
                        {
                            Down();
                        }

                        lines[row] = text;
                    }

                    break;
            }
        }

        return [.. lines.Reverse<string>().SkipWhile(line => line.Length == 0).Reverse()];

        void Down()
        {
            row++;
            if (row == lines.Count)
            {
                lines.Add("");
            }
        }
    }

    [GeneratedRegex(@"\u001b\[(?<up>\d+)A|\u001b\[[KJ]|\r|\n|(?:\u001b\[[0-9;]*m|[^\u001b\r\n])+")]
    private static partial Regex Part();
}
