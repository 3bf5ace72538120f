using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace EpPromo.ModuleTests.Engine;

/// <summary>
/// A host with a screen of a given size, with control sequences if it is a terminal. It records what is shown and gives the answers that the
/// test has queued.
/// </summary>
internal sealed class RecordingHost(int width, bool isTerminal = false, int height = 50) : PSHost
{
    private readonly RecordingInterface _ui = new(width, isTerminal, height);

    public string Screen => _ui.Text.ToString();

    /// <summary>The answers to the next questions: labels of choices, such as Yes.</summary>
    public Queue<string> Answers => _ui.Answers;

    /// <summary>The questions asked so far.</summary>
    public IReadOnlyList<string> Questions => _ui.Questions;

    public override string Name => "Recording";

    public override Version Version => new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => _ui;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class RecordingInterface(int width, bool isTerminal, int height) : PSHostUserInterface
    {
        public StringBuilder Text { get; } = new();

        public Queue<string> Answers { get; } = [];

        public List<string> Questions { get; } = [];

        public override PSHostRawUserInterface RawUI { get; } = new RecordingScreen(width, height);

        public override bool SupportsVirtualTerminal => isTerminal;

        // Without a terminal, there are no colours; the engine leaves it to the host to remove them.
        public override void Write(string value) => Text.Append(GetOutputString(value, isTerminal));

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value + '\n');

        public override void WriteErrorLine(string value) => WriteLine(value);

        public override void WriteWarningLine(string message) => WriteLine(message);

        public override void WriteVerboseLine(string message) => WriteLine(message);

        public override void WriteDebugLine(string message) => WriteLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            throw new NotSupportedException();

        public override int PromptForChoice(
            string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(message);
            return Answers.TryDequeue(out string? answer)
                ? choices.Select(choice => choice.Label.Replace("&", "", StringComparison.Ordinal)).ToList().IndexOf(answer)
                : throw new PSInvalidOperationException("There is no answer, as with pwsh -NonInteractive.");
        }

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName,
            PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();
    }

    private sealed class RecordingScreen(int width, int height) : PSHostRawUserInterface
    {
        public override Size BufferSize { get; set; } = new(width, 500);

        public override Size WindowSize { get; set; } = new(width, height);

        public override Size MaxWindowSize => WindowSize;

        public override Size MaxPhysicalWindowSize => WindowSize;

        public override ConsoleColor BackgroundColor { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override bool KeyAvailable => false;

        public override Coordinates WindowPosition { get; set; }

        public override string WindowTitle { get; set; } = "";

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
            throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
    }
}
