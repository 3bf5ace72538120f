using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>A file of codes that was written, and whose codes it has.</summary>
/// <param name="File">The file.</param>
/// <param name="PromotionId">The promotion.</param>
/// <param name="JobId">
/// The job whose codes it has; of a file with all codes of a promotion, the export job; null for the codes of a run.
/// </param>
/// <param name="Run">The run whose codes it has, or which the job belongs to; or null.</param>
/// <param name="Codes">How many codes it has, or null if they cannot be counted.</param>
internal sealed record ExportedFile(WrittenFile File, string PromotionId, string? JobId, string? Run, int? Codes)
{
    /// <summary>The type name of the view for such files (EpPromo.Format.ps1xml).</summary>
    private const string TypeName = "EpPromo.CodeFile";

    /// <summary>Objects that have a path because their codes were written to it: runs, and the files that an export emits.</summary>
    private static readonly HashSet<string> s_typesWithFile =
        [.. new[] { typeof(CodeRun), typeof(FileInfo) }.SelectMany(type => new[] { type.FullName, "Deserialized." + type.FullName })];

    /// <summary>Whether an object has a path because its codes were written to it. Other codes must not replace them.</summary>
    public static bool HasPathOfOwnCodes(PSObject item) => item.TypeNames.Any(s_typesWithFile.Contains);

    /// <summary>The file as Get-Item would return it, with properties that other commands bind. On the pipeline thread.</summary>
    /// <param name="provider">Finds the file.</param>
    /// <param name="promotionName">The name of the promotion, or empty.</param>
    /// <param name="kind">The kind of the promotion.</param>
    public PSObject ToObject(ProviderIntrinsics provider, string promotionName, PromotionKind kind)
    {
        PSObject item = File.ToObject(provider);
        item.TypeNames.Insert(0, TypeName);
        Add("PromotionName", promotionName);
        Add("PromotionId", PromotionId);
        Add("Kind", kind);
        Add("JobId", JobId);
        Add("Run", Run);
        Add("Codes", Codes);
        Add("Path", File.Path);
        return item;

        void Add(string name, object? value) => item.Properties.Add(new PSNoteProperty(name, value));
    }
}
