using System.Management.Automation;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Remove-EpPromotionCode: removes codes from promotions.</summary>
[Cmdlet(VerbsCommon.Remove, "EpPromotionCode", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveEpPromotionCodeCommand : PromotionKindCmdlet
{
    private readonly WorkProgress _progress = new(SR.ProgressRemovingCodes);
    private readonly CodesByPromotion<string> _input = new(code => code);

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion. Codes
    /// of Get-EpPromotionCode are removed from the promotion that they come from unless it is given.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation(ExceptTexts = true)]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>
    /// Codes: texts, codes of Get-EpPromotionCode, or the column Code of a table. Upper and lower case are the same. A code that the promotion
    /// does not have is no error.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CodesTransformation]
    public CodeReference[] Code { get; set; } = [];

    /// <summary>Do not ask for confirmation. With -Confirm, the command asks anyway.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // Promotions side by side; on each of them, one batch after another.
    private protected override int MaxConcurrency => 8;

    private protected override object? ErrorTarget => TextsOf(Promotion);

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        List<string> codes = [];
        ForEachInput(Code, code =>
        {
            code.Check();
            codes.Add(code.Text.Length > 0
                ? code.Text
                : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadCode), code.Text, SR.DetailEmptyCode));
        });
        if (codes.Count == 0)
        {
            return;
        }

        ForEachPromotion(Promotion, (context, promotion) =>
        {
            _input.Add(context, promotion);
            codes.ForEach(code => _input.TryAdd(context, promotion, code));
        });
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        foreach ((StoreContext context, PromotionIdentity promotion, IReadOnlyList<string> codes) in _input.All)
        {
            if (!IsStoppingOnError && Confirm(context, promotion, codes.Count))
            {
                WorkStep step = _progress.Add(promotion.ToString());
                CodeRemovalOutput output = new(this, promotion.PromotionId, step, codes.Count);
                Start(promotion.PromotionId, async cancellationToken =>
                {
                    using (step)
                    {
                        await context.Remover.RemoveAsync(promotion.PromotionId, codes, output, cancellationToken);
                    }
                });
            }
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    /// <inheritdoc/>
    private protected override void OnStopProcessing()
    {
        if (PendingWork > 0)
        {
            Host?.UI?.WriteWarningLine(SR.WarningRemoveInterrupted);
        }
    }

    private bool Confirm(StoreContext context, PromotionIdentity promotion, int codes) => ShouldProcessUnlessForced(
        MessageText.Of(SR.ConfirmPromotion, context.Directory.Describe(promotion)), MessageText.Of(SR.ConfirmRemoveCodes, codes), Force);
}
