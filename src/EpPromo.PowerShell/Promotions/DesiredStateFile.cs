using System.Management.Automation;
using System.Management.Automation.Language;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Sessions;
using EpPromo.Sync;
using EpPromo.Text;

namespace EpPromo.PowerShell.Promotions;

/// <summary>A file that says how the promotions of a store should be: YAML, JSON, or a data file of PowerShell.</summary>
internal static class DesiredStateFile
{
    /// <summary>Reads the file.</summary>
    /// <param name="argument">Its path as the user gave it.</param>
    /// <param name="session">Resolves paths.</param>
    /// <exception cref="EpPromoException">It cannot be read, or is invalid.</exception>
    public static IReadOnlyList<DesiredPromotion> Read(PathArgument argument, PathIntrinsics session)
    {
        string path = argument.Text;
        Func<string, object?> parse = System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => text => Parse(text, StoreConnector.OpenDocuments().ReadYaml, SR.DetailNotYaml),
            ".json" => text => Parse(text, StoreConnector.OpenDocuments().ReadJson, SR.DetailNotJson),
            ".psd1" => ParseData,
            _ => throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.SyncFileFormat), path),
        };
        string content = ReadText(argument, session);
        try
        {
            return DesiredStateReader.Read(parse(content) ?? throw new FormatException(SR.DetailSyncEmpty));
        }
        catch (FormatException e)
        {
            throw new EpPromoException(e, ErrorKind.InvalidArgument, nameof(SR.BadSyncFile), path, e.Message);
        }
    }

    private static string ReadText(PathArgument argument, PathIntrinsics session)
    {
        try
        {
            return File.ReadAllText(argument.Resolve(session));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SessionStateException or NotSupportedException or ArgumentException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.CannotReadFile), argument.Text, e.Message);
        }
    }

    private static object? Parse(string text, Func<string, object?> read, string error)
    {
        try
        {
            return read(text);
        }
        catch (FormatException e)
        {
            throw new FormatException(MessageText.Of(error, e.Message), e);
        }
    }

    /// <summary>Reads a data file without running it, as Import-PowerShellDataFile does.</summary>
    private static object? ParseData(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            throw NotDataFile(MessageText.Of(SR.DetailAtLine, errors[0].Extent.StartLineNumber, errors[0].Message));
        }

        if (script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false) is not HashtableAst table)
        {
            throw NotDataFile(SR.DetailSyncEmpty);
        }

        try
        {
            return DocumentConverter.Convert(table.SafeGetValue());
        }
        catch (InvalidOperationException e)
        {
            throw NotDataFile(e.Message);
        }
    }

    private static FormatException NotDataFile(string problem) =>
        new(MessageText.Of(SR.DetailNotDataFile, problem));
}
