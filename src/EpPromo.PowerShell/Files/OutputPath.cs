using EpPromo.Codes;

namespace EpPromo.PowerShell.Files;

/// <summary>Where codes are written.</summary>
/// <param name="File">The full path of the file, links followed.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Target">Whose codes it gets.</param>
/// <param name="IsShared">Whether every promotion gets this same file, so that the input may have one promotion only.</param>
/// <param name="CreatesFolder">Whether -Path is a folder, which is created if it is missing.</param>
internal sealed record OutputPath(string File, CodeFileFormat Format, OutputTarget Target, bool IsShared, bool CreatesFolder);
