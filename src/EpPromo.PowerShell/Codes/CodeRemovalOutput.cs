using EpPromo.Codes.Changes;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.Text;

namespace EpPromo.PowerShell.Codes;

/// <summary>Writes what became of the codes that are removed from one promotion: errors and the progress.</summary>
internal sealed class CodeRemovalOutput : ICodeRemoveObserver
{
    private readonly StreamingCmdlet _cmdlet;
    private readonly string _promotionId;
    private readonly WorkStep _step;
    private readonly int _total;
    private int _done;

    /// <param name="cmdlet">Writes.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="step">Shows the progress.</param>
    /// <param name="total">How many codes there are.</param>
    public CodeRemovalOutput(StreamingCmdlet cmdlet, string promotionId, WorkStep step, int total)
    {
        _cmdlet = cmdlet;
        _promotionId = promotionId;
        _step = step;
        _total = total;
        ShowProgress(SR.ProgressCodesOf);
    }

    /// <inheritdoc/>
    public void OnRemoved(IReadOnlyList<string> codes) => _done += codes.Count;

    /// <inheritdoc/>
    public Task RejectedAsync(string code, ApiException error)
    {
        _done++;
        return _cmdlet.WriteErrorAsync(
            new EpPromoException(error, ErrorKind.Refused, nameof(SR.CodeNotRemoved), code, _promotionId, error.Error), code);
    }

    /// <inheritdoc/>
    public void OnWaiting() => ShowProgress(SR.ProgressFinalCheckOfLost);

    private void ShowProgress(string format) => _step.Report(() => MessageText.Of(format, Volatile.Read(ref _done), _total));
}
