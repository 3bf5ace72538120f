using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EpPromo.PowerShell.Sessions;
using EpPromo.Recipients;
using Shell = System.Management.Automation.PowerShell;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes the column that tells recipients apart: the columns of the file that Import-Csv reads earlier in the pipeline, and those of the
/// merged file, if it exists. If neither is known, it offers nothing: PowerShell itself would offer files.
/// </summary>
internal sealed class KeyColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = ArgumentText.Parse(wordToComplete);
        return
        [
            .. ImportedPaths(commandAst).Append(fakeBoundParameters[nameof(MergeEpPromotionCodeCommand.Path)])
                .OfType<string>()
                .SelectMany(FilesAt)
                .SelectMany(ColumnsIn)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(column => column != ColumnList.Code && column.Length > 0 && column.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(column => new CompletionResult(ArgumentText.Of(column), column, CompletionResultType.ParameterValue, column)),
        ];
    }

    /// <summary>The paths that Import-Csv has before the command, as far as they are constants.</summary>
    private static IEnumerable<object?> ImportedPaths(CommandAst command) => command.Parent is PipelineAst pipeline
        ? pipeline.PipelineElements
            .TakeWhile(element => element != command)
            .OfType<CommandAst>()
            .Where(earlier => string.Equals(earlier.GetCommandName(), "Import-Csv", StringComparison.OrdinalIgnoreCase))
            .Select(PathOf)
        : [];

    private static object? PathOf(CommandAst import) =>
        StaticParameterBinder.BindCommand(import).BoundParameters.TryGetValue("Path", out ParameterBindingResult path) ? path.ConstantValue : null;

    /// <summary>The full paths of the files that exist at a path. By a command, because the session itself is busy with the completion.</summary>
    private static IEnumerable<string> FilesAt(string path)
    {
        using Shell shell = Shell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand(@"Microsoft.PowerShell.Management\Convert-Path")
            .AddParameter("Path", path)
            .AddParameter("ErrorAction", ActionPreference.Ignore)
            .Invoke<string>();
    }

    /// <summary>The columns in a CSV file; none if it cannot be read, because a completer must not fail.</summary>
    private static IReadOnlyList<string> ColumnsIn(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using ICsvTableReader table = StoreConnector.OpenTables().Read(
                file, reason => new EpPromoException(ErrorKind.File, nameof(SR.BadCodeFile), path, reason));
            return table.Columns;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or EpPromoException)
        {
            return [];
        }
    }
}
