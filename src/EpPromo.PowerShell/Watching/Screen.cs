using System.Management.Automation.Host;
using System.Text;

namespace EpPromo.PowerShell.Watching;

/// <summary>Lines at the end of a terminal that can be replaced. On the pipeline thread.</summary>
internal sealed class Screen
{
    private const string EraseLine = "\u001b[K";
    private const string EraseBelow = "\u001b[J";

    /// <summary>A smaller window has no room for a table.</summary>
    private static readonly Size s_minSize = new(40, 12);

    private readonly PSHostUserInterface _ui;
    private int _lines;
    private Size? _window;

    private Screen(PSHostUserInterface ui) => _ui = ui;

    /// <summary>The size of the window, in characters; null while the host does not know it, or it is too small.</summary>
    public Size? Window => SizeOf(_ui);

    /// <summary>
    /// The screen that a person looks at, or null: the output goes to a file or to another program, or the terminal cannot replace text.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="isProgressShown">Whether the user wants to see progress.</param>
    public static Screen? Of(PSHost? host, bool isProgressShown) =>
        isProgressShown && host?.UI is { SupportsVirtualTerminal: true } ui && SizeOf(ui) is not null
            // Other hosts than the console have a window of their own.
            && !(host.Name == "ConsoleHost" && Console.IsOutputRedirected)
            ? new Screen(ui)
            : null;

    /// <summary>Replaces the lines.</summary>
    /// <param name="lines">The new lines: fewer than the window has, and none wider than it.</param>
    public void Show(IReadOnlyCollection<string> lines)
    {
        StringBuilder text = new(ToStart());
        foreach (string line in lines)
        {
            text.Append(line).Append(EraseLine).Append('\n');
        }

        _ui.Write(text.Append(EraseBelow).ToString());
        (_lines, _window) = (lines.Count, Window);
    }

    /// <summary>Removes the lines.</summary>
    public void Clear()
    {
        if (_lines > 0)
        {
            _ui.Write(ToStart() + EraseBelow);
            _lines = 0;
        }
    }

    /// <summary>Shortens a line to the width of the window. It has no control sequences.</summary>
    public string Shorten(string line)
    {
        int width = (Window?.Width ?? int.MaxValue) - 1;
        while (_ui.RawUI.LengthInBufferCells(line) > width)
        {
            line = line.Substring(0, line.Length - 1);
        }

        return line;
    }

    /// <summary>
    /// Moves to the first line. In a window of another size the lines may be elsewhere, so that they stay, and the new ones follow.
    /// </summary>
    private string ToStart() => _lines > 0 && Equals(_window, Window) ? $"\r\u001b[{_lines}A" : "\r";

    private static Size? SizeOf(PSHostUserInterface ui)
    {
        try
        {
            return ui.RawUI?.WindowSize is { } size && size.Width >= s_minSize.Width && size.Height >= s_minSize.Height ? size : null;
        }
        catch (Exception e) when (e is HostException or InvalidOperationException or NotImplementedException or IOException)
        {
            // The host has no window.
            return null;
        }
    }
}
