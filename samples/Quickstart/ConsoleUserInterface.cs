using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Quickstart;

/// <summary>Writes to the console; asks nothing. Progress is one line that rewrites itself, or a line at every tenth where output is redirected.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private const int BarWidth = 30;
    private readonly ConsoleRawUserInterface _raw = new();
    private int _shownTenth = -1;
    private bool _lineIsOpen;

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected;

    public override void Write(string value)
    {
        CloseLine();
        Console.Write(GetOutputString(value, SupportsVirtualTerminal));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        CloseLine();
        Console.Error.WriteLine(value);
    }

    public override void WriteWarningLine(string message) => WriteErrorLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteErrorLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteErrorLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        int percent = Math.Clamp(record.PercentComplete, 0, 100);
        string bar = new string('#', percent * BarWidth / 100).PadRight(BarWidth, '.');
        string line = $"[{bar}] {percent,3}% {record.Activity}: {record.StatusDescription}";
        if (!Console.IsOutputRedirected)
        {
            Console.Write("\r" + line.PadRight(Console.WindowWidth - 1)[..(Console.WindowWidth - 1)]);
            _lineIsOpen = true;
        }
        else if (percent / 10 != _shownTenth)
        {
            _shownTenth = percent / 10;
            Console.WriteLine(line);
        }
    }

    public override string ReadLine() => throw Unattended();

    public override SecureString ReadLineAsSecureString() => throw Unattended();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Unattended();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw Unattended();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw Unattended();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Unattended();

    private static NotSupportedException Unattended() => new("This host runs unattended and asks nothing.");

    private void CloseLine()
    {
        if (_lineIsOpen)
        {
            Console.WriteLine();
            _lineIsOpen = false;
        }
    }
}
