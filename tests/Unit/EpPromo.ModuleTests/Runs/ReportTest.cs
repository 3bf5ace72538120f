using System.Management.Automation;
using EpPromo.ModuleTests.Engine;

namespace EpPromo.ModuleTests.Runs;

/// <summary>A test of Export-EpPromotionReport, with a folder for its files.</summary>
public abstract class ReportTest : IDisposable
{
    protected const string ErrorSuffix = ",EpPromo.PowerShell.ExportEpPromotionReportCommand";

    protected string Folder { get; } = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    protected string Html => Path.Combine(Folder, "report.html");

    protected string Json => Path.Combine(Folder, "report.json");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the report that was written as JSON, and makes it <c>$report</c> of the session.</summary>
    private protected PSObject Report(ModuleSession session) =>
        session.Run("$global:report = Get-Content $args[0] -Raw | ConvertFrom-Json; $report", Json).ThrowIfFailed().Output[0];

    /// <summary>The output of a script, as text.</summary>
    private protected static string[] Lines(ModuleSession session, string script) =>
        [.. session.Run(script).ThrowIfFailed().Output.Select(line => line.ToString())];

    /// <summary>The text of a property.</summary>
    private protected static string? Value(PSObject item, string property) => item.Properties[property].Value?.ToString();
}
