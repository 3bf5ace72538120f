using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// The variables that earlier commands of the pipeline set with -PipelineVariable. PowerShell sets such a variable when its command writes an
/// object, and assumes that everything after it processes that object at once. A command that takes further inputs while it works on the
/// first writes the output of the first later, when the variable is already that of another input. So the values are kept with each input,
/// and are set again while its output is written.
/// </summary>
internal sealed class PipelineVariables
{
    private const string Parameter = "PipelineVariable";
    private const string Alias = "pv";

    /// <summary>What a statement without the parameter does not contain: a quick check, before it is parsed.</summary>
    private static readonly string[] s_starts = ["-pi", "-pv"];

    private readonly PSVariable[] _variables;

    private PipelineVariables(PSVariable[] variables) => _variables = variables;

    /// <summary>
    /// The variables of the commands before <paramref name="cmdlet"/>; null if there are none. The engine does not expose them, so they are read from
    /// the script: a name that the script does not spell out, but splats or computes, is not found.
    /// </summary>
    public static PipelineVariables? Before(PSCmdlet cmdlet)
    {
        InvocationInfo invocation = cmdlet.MyInvocation;
        if (invocation.PipelinePosition < 2
            || Runspace.DefaultRunspace?.Debugger?.GetCallStack().FirstOrDefault()?.Position is not { Text: { } statement } position
            || !s_starts.Any(start => statement.IndexOf(start, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            return null;
        }

        Ast script = Parser.ParseInput(statement, out _, out _);
        PSVariable[] variables =
        [
            .. script.FindAll(ast => ast is CommandAst command && IsAt(command.Extent, position, invocation), searchNestedScriptBlocks: true)
                .Take(1)
                .SelectMany(ast => ((PipelineAst)ast.Parent).PipelineElements.TakeWhile(element => element != ast))
                .OfType<CommandAst>()
                .Select(NameIn)
                .OfType<string>()
                .Select(cmdlet.SessionState.PSVariable.Get)
                .OfType<PSVariable>(),
        ];
        return variables.Length == 0 ? null : new PipelineVariables(variables);
    }

    /// <summary>The values for the current input.</summary>
    public object?[] Capture() => [.. _variables.Select(variable => variable.Value)];

    /// <summary>Writes the output of an earlier input, with the <paramref name="values"/> that the variables had then.</summary>
    public void Write(object?[] values, Action write)
    {
        object?[] current = Capture();
        Set(values);
        try
        {
            write();
        }
        finally
        {
            Set(current);
        }
    }

    private void Set(object?[] values)
    {
        for (int i = 0; i < _variables.Length; i++)
        {
            _variables[i].Value = values[i];
        }
    }

    /// <summary>Whether a command of the statement, whose positions count from its start, is the one that runs.</summary>
    private static bool IsAt(IScriptExtent command, IScriptExtent statement, InvocationInfo invocation) =>
        command.StartLineNumber + statement.StartLineNumber - 1 == invocation.ScriptLineNumber
        && command.StartColumnNumber + (command.StartLineNumber == 1 ? statement.StartColumnNumber - 1 : 0) == invocation.OffsetInLine;

    /// <summary>The name after -PipelineVariable, which PowerShell also accepts abbreviated.</summary>
    private static string? NameIn(CommandAst command)
    {
        for (int i = 0; i < command.CommandElements.Count; i++)
        {
            if (command.CommandElements[i] is CommandParameterAst { ParameterName: { Length: > 1 } name } parameter
                && (Parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.Equals(Alias, StringComparison.OrdinalIgnoreCase)))
            {
                return ((parameter.Argument ?? command.CommandElements.ElementAtOrDefault(i + 1)) as StringConstantExpressionAst)?.Value;
            }
        }

        return null;
    }
}
