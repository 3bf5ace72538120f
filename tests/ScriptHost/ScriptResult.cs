namespace EpPromo.ScriptHost;

/// <summary>How a script has ended.</summary>
/// <param name="ExitCode">0 when all went well.</param>
/// <param name="Output">The objects it emitted, as lines of text.</param>
/// <param name="Errors">Errors and warnings.</param>
public sealed record ScriptResult(int ExitCode, IReadOnlyList<string> Output, string Errors);
