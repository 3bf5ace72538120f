using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Rows.ImportModule;

/// <summary>Imports a module in a new process each time. Only the import counts.</summary>
internal sealed class ImportContender(string manifest) : IContender
{
    public async Task<Lap> RunAsync()
    {
        using ChildProcess pwsh = ChildProcess.Start(Pwsh.Script("Rows/ImportModule/import-module.ps1", manifest));
        ProcessResult result = await pwsh.WaitAsync(CancellationToken.None);
        return result.ExitCode == 0
            ? new Lap(double.Parse(result.Output[^1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException(result.Text);
    }
}
