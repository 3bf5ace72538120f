using System.Management.Automation.Host;
using System.Text;

namespace EpPromo.PowerShell.Watching;

/// <summary>Text at the end of a terminal that can be replaced. On the pipeline thread.</summary>
internal sealed class Screen
{
    private const string ToLineStart = "\r";
    private const string EraseLine = "\u001b[K";
    private const string EraseBelow = "\u001b[J";

    /// <summary>A smaller window has no room for a table.</summary>
    private static readonly Size MinSize = new(40, 10);

    private readonly PSHostUserInterface _ui;
    private IReadOnlyList<string> _shown = [];

    private Screen(PSHostUserInterface ui) => _ui = ui;

    /// <summary>The size of the window, in characters; null while the host does not know it, or too small.</summary>
    public Size? Window => SizeOf(_ui);

    /// <summary>The screen that a person looks at, or null: the output goes to a file or to another program, or the terminal cannot replace text.</summary>
    /// <param name="host">The host.</param>
    /// <param name="isProgressShown">Whether the user wants to see progress.</param>
    public static Screen? Of(PSHost? host, bool isProgressShown) =>
        isProgressShown && host?.UI is { SupportsVirtualTerminal: true } ui && SizeOf(ui) is not null
            // Other hosts than the console have a window of their own.
            && !(host.Name == "ConsoleHost" && Console.IsOutputRedirected)
            ? new Screen(ui)
            : null;

    /// <summary>Replaces the text.</summary>
    /// <param name="lines">The new text. No line is wider than the window.</param>
    public void Show(IReadOnlyList<string> lines)
    {
        StringBuilder text = new(ToShownStart());
        foreach (string line in lines)
        {
            text.Append(line).Append(EraseLine).Append('\n');
        }

        _ui.Write(text.Append(EraseBelow).ToString());
        _shown = lines;
    }

    /// <summary>Removes the text.</summary>
    public void Clear()
    {
        if (_shown.Count > 0)
        {
            _ui.Write(ToShownStart() + EraseBelow);
            _shown = [];
        }
    }

    /// <summary>Moves to the start of the text. Lines may have been wrapped, if the window has become narrower since.</summary>
    private string ToShownStart()
    {
        int width = Window?.Width ?? int.MaxValue;
        int rows = _shown.Sum(line => Math.Max(1, (line.Length + width - 1) / width));
        return rows == 0 ? ToLineStart : $"{ToLineStart}\u001b[{rows}A";
    }

    private static Size? SizeOf(PSHostUserInterface ui)
    {
        try
        {
            return ui.RawUI?.WindowSize is { } size && size.Width >= MinSize.Width && size.Height >= MinSize.Height ? size : null;
        }
        catch (Exception e) when (e is HostException or InvalidOperationException or NotImplementedException or IOException)
        {
            // The host has no window.
            return null;
        }
    }
}
