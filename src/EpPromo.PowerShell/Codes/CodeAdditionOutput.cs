using EpPromo.Codes;
using EpPromo.Codes.Changes;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.Text;

namespace EpPromo.PowerShell.Codes;

/// <summary>Writes what became of the codes that are added to one promotion: objects, errors, a warning, and the progress.</summary>
internal sealed class CodeAdditionOutput : ICodeAddObserver
{
    /// <summary>How many codes a warning names.</summary>
    private const int MaxNamed = 5;

    private readonly StreamingCmdlet _cmdlet;
    private readonly string _promotionId;
    private readonly WorkStep _step;
    private readonly int _total;
    private readonly bool _skipExisting;
    private readonly bool _passThru;
    private readonly HashSet<string> _inOtherPromotions = new(CodeComparer.Instance);
    private int _done;

    /// <param name="cmdlet">Writes.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="step">Shows the progress.</param>
    /// <param name="total">How many codes there are.</param>
    /// <param name="skipExisting">Whether codes that exist are no errors.</param>
    /// <param name="passThru">Whether added codes are emitted.</param>
    public CodeAdditionOutput(StreamingCmdlet cmdlet, string promotionId, WorkStep step, int total, bool skipExisting, bool passThru)
    {
        _cmdlet = cmdlet;
        _promotionId = promotionId;
        _step = step;
        _total = total;
        _skipExisting = skipExisting;
        _passThru = passThru;
        ShowProgress(SR.ProgressCodesOf);
    }

    /// <inheritdoc/>
    public Task AddedAsync(PromotionCode code)
    {
        _done++;
        return _passThru ? _cmdlet.WriteObjectAsync(code) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ExistingAsync(NewCode code)
    {
        _done++;
        return _skipExisting
            ? Task.CompletedTask
            : _cmdlet.WriteErrorAsync(
                new EpPromoException(ErrorKind.Refused, nameof(SR.CodeExists), code.Text, _promotionId), code.Text);
    }

    /// <inheritdoc/>
    public Task RejectedAsync(NewCode code, ApiException error)
    {
        _done++;
        return _cmdlet.WriteErrorAsync(
            new EpPromoException(error, ErrorKind.Refused, nameof(SR.CodeRejected), code.Text, _promotionId, error.Error), code.Text);
    }

    /// <inheritdoc/>
    public Task InOtherPromotionsAsync(IReadOnlyList<string> codes)
    {
        _inOtherPromotions.UnionWith(codes);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void OnWaiting() => ShowProgress(SR.ProgressFinalCheckOfLost);

    /// <summary>Warns of codes that other promotions have, too. A shopper who types one of them may get another discount.</summary>
    public async Task WriteWarningsAsync()
    {
        if (_inOtherPromotions.Count > 0)
        {
            string more = _inOtherPromotions.Count > MaxNamed ? ", …" : "";
            await _cmdlet.WriteWarningAsync(DisplayText.Clean(MessageText.Of(
                SR.WarningInOtherPromotions, _promotionId, _inOtherPromotions.Count, string.Join(", ", _inOtherPromotions.Take(MaxNamed)) + more)));
        }
    }

    private void ShowProgress(string format) => _step.Report(() => MessageText.Of(format, Volatile.Read(ref _done), _total));
}
