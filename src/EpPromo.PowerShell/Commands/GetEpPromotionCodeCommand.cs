using System.Management.Automation;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotionCode: returns the codes of promotions, as the store has them now.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotionCode")]
[OutputType(typeof(PromotionCode))]
public sealed class GetEpPromotionCodeCommand : PromotionKindCmdlet
{
    /// <summary>How many promotions are read at the same time.</summary>
    private const int MaxPromotionsAtOnce = 8;

    /// <summary>How many codes of a promotion are kept until those before it are written.</summary>
    private const int MaxCodesAhead = 1000;

    private readonly WorkProgress _progress = new(SR.ProgressListingCodes);
    private readonly MissingCodes _missing = new();
    private bool _isCodeArgument;

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>
    /// Return only these codes. Upper and lower case are the same. A code that none of the promotions has is an error.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CodesTransformation(IsOptional = true)]
    public CodeReference[]? Code { get; set; }

    /// <summary>Return only codes that start with one of these texts. Upper and lower case are the same.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CodePrefixCompleter))]
    [TextTransformation]
    public string[]? StartsWith { get; set; }

    /// <summary>Return only codes that nobody has used. For codes without a limit of uses, the usages of the promotion are read, too.</summary>
    [Parameter]
    public SwitchParameter Unused { get; set; }

    /// <summary>
    /// Return only codes that were used at least once. For codes without a limit of uses, the usages of the promotion are read, too.
    /// </summary>
    [Parameter]
    public SwitchParameter Used { get; set; }

    private protected override int MaxConcurrency => MaxPromotionsAtOnce;

    private protected override object? ErrorTarget => TextsOf(Promotion);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isCodeArgument = Code is not null;
        Warnings.CheckFilter(nameof(Code), Code?.Select(code => code.Text).ToArray(), "codes");
        Warnings.CheckFilter(nameof(StartsWith), StartsWith, "codes");
        if (Used && Unused)
        {
            ThrowTerminatingError(ErrorRecords.From(new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.UsedAndUnused)), null));
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        // Codes of the command line can be in any of the promotions; a code of a row is in the promotion of the row.
        MissingCodes missing = _isCodeArgument ? _missing : new MissingCodes();
        string[]? codes = Code?.Select(code => code.Text).Where(text => text.Length > 0).ToArray();
        string[]? prefixes = StartsWith;
        ForEachPromotion(Promotion, (context, promotion) =>
        {
            missing.Expect(promotion, codes);
            CodeSelection selection = new(codes, prefixes);
            WorkStep step = _progress.Add(promotion.ToString());
            StartOrdered(promotion.PromotionId, async (output, cancellationToken) =>
            {
                using (step)
                {
                    await ListAsync(context, promotion, selection, missing, step, output, cancellationToken);
                }
            });
        });
        if (!_isCodeArgument && codes is not null)
        {
            StartReport(missing);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        if (_isCodeArgument)
        {
            StartReport(_missing);
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    private void StartReport(MissingCodes missing) => StartOrdered(null, async (output, cancellationToken) =>
    {
        await output.WaitAsync(cancellationToken);
        foreach ((string code, EpPromoException error) in missing.Errors())
        {
            await WriteErrorAsync(error, code);
        }
    });

    /// <summary>Reads the codes of a promotion, and writes them in order. When it ends, those before have been written.</summary>
    private async Task ListAsync(
        StoreContext context,
        PromotionIdentity promotion,
        CodeSelection selection,
        MissingCodes missing,
        WorkStep step,
        OrderedOutput output,
        CancellationToken cancellationToken)
    {
        int read = 0;
        step.Report(() => MessageText.Of(SR.ProgressCodes, Volatile.Read(ref read)));
        UsedCodes used = new(context, promotion.PromotionId);
        ReadAhead<PromotionCode> codes = new(output, MaxCodesAhead, WriteAsync, cancellationToken);
        try
        {
            await selection.ListAsync(
                context,
                promotion.PromotionId,
                async code =>
                {
                    Interlocked.Increment(ref read);
                    missing.Found(code);
                    return !selection.Matches(code)
                        || ((Used || Unused) && await used.ContainsAsync(code, cancellationToken) != Used)
                        || await codes.AddAsync(code);
                },
                cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            missing.Excuse(promotion);
            throw;
        }
        finally
        {
            // Also what was read before an error.
            await codes.CompleteAsync();
        }

        async Task<bool> WriteAsync(PromotionCode code)
        {
            await WriteObjectAsync(code);
            return true;
        }
    }
}
