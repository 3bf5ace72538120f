using System.Management.Automation;
using EpPromo.Codes;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>The output of the rows of export files: codes with the file's further columns as properties of the object.</summary>
internal static class CodeOutput
{
    /// <summary>Writes a row. For work.</summary>
    public static Task WriteRowAsync(this StreamingCmdlet cmdlet, ExportRow row) => cmdlet.WriteObjectAsync(ToObject(row));

    private static PSObject ToObject(ExportRow row)
    {
        PSObject result = new(row.Code);
        foreach (KeyValuePair<string, string> column in row.FurtherColumns)
        {
            result.Properties.Add(new PSNoteProperty(column.Key, column.Value));
        }

        return result;
    }
}
