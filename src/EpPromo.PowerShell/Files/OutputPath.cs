namespace EpPromo.PowerShell.Files;

/// <summary>Where a promotion's codes are written.</summary>
/// <param name="File">The full path of the file, links followed.</param>
/// <param name="IsShared">Whether every promotion gets this same file, so that the input may have one promotion only.</param>
/// <param name="CreatesFolder">Whether -Path is a folder, which is created if it is missing.</param>
internal sealed record OutputPath(string File, bool IsShared, bool CreatesFolder);
