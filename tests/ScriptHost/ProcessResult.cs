namespace EpPromo.ScriptHost;

/// <summary>How a process has ended.</summary>
/// <param name="ExitCode">Its exit code; 0 is success.</param>
/// <param name="Output">The lines that it wrote to its standard output.</param>
/// <param name="Errors">All that it wrote to its error stream.</param>
public sealed record ProcessResult(int ExitCode, IReadOnlyList<string> Output, string Errors)
{
    /// <summary>The output, then the errors, for the message of a failed test.</summary>
    public string Text => string.Join(Environment.NewLine, [.. Output, Errors]).Trim();
}
