using System.Management.Automation;
using EpPromo.Codes;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Add-EpPromotionCode: adds codes to promotions, each exactly once.</summary>
[Cmdlet(VerbsCommon.Add, "EpPromotionCode", SupportsShouldProcess = true)]
[OutputType(typeof(PromotionCode))]
public sealed class AddEpPromotionCodeCommand : CodeCreationCmdlet
{
    private readonly WorkProgress _progress = new(SR.ProgressAddingCodes);
    private readonly CodesByPromotion<NewCode> _input = new(code => code.Text);

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion. Each
    /// gets all codes of the same input. Codes of Get-EpPromotionCode are added to the promotion that they come from unless it is given.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(CodePromotionCompleter))]
    [PromotionTransformation(ExceptTexts = true)]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>
    /// Codes: texts, codes of Get-EpPromotionCode, or the column Code of a table. White space around a code is removed. Upper and lower case
    /// are the same to the store.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CodesTransformation]
    public CodeReference[] Code { get; set; } = [];

    /// <summary>How often each code can be used. With 0, the codes cannot be used.</summary>
    /// <value>unlimited</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaxUsesPerCode", "max_uses")]
    [WholeNumberTransformation]
    public int? MaxUses { get; set; }

    /// <summary>
    /// What counts as one use: per_checkout, or per_application (each time the promotion is applied). For promotions of the kind Standard:
    /// per_cart or per_item. PerCheckout and the like are accepted, too.
    /// </summary>
    /// <value>per_checkout, set by the store</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("consume_unit")]
    [ApiWordTransformation]
    [ArgumentCompleter(typeof(WordCompleter))]
    public string? ConsumeUnit { get; set; }

    /// <summary>The only shopper who can use the codes.</summary>
    /// <value>all shoppers</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? User { get; set; }

    /// <summary>How often one shopper can use each code.</summary>
    /// <value>unlimited</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("max_uses_per_shopper")]
    [WholeNumberTransformation]
    public int? MaxUsesPerShopper { get; set; }

    /// <summary>Apply -MaxUsesPerShopper to guests, too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("includes_guests")]
    [YesNoTransformation]
    public SwitchParameter IncludesGuests { get; set; }

    /// <summary>Let only shoppers use the codes who have ordered nothing yet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("is_for_new_shopper")]
    [YesNoTransformation]
    public SwitchParameter IsForNewShopper { get; set; }

    /// <summary>
    /// Leave out codes that the promotion already has, without an error. So an interrupted command can be repeated until all codes are added.
    /// The limits of codes that exist are not compared or changed.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipExisting { get; set; }

    /// <summary>Emit the codes that were added.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // Promotions side by side; on each of them, one batch after another.
    private protected override int MaxConcurrency => 8;

    private protected override object? ErrorTarget => Code;

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        List<NewCode> codes = [];
        ForEachInput(Code, code =>
        {
            code.Check();
            codes.Add(NewCodeOf(code));
        });
        if (codes.Count == 0)
        {
            return;
        }

        if (Code is [{ Row: { } row }])
        {
            Warnings.CheckColumns(row);
        }

        Dictionary<PromotionKind, List<NewCode>> valid = [];
        ForEachPromotion(
            Promotion,
            (context, promotion) =>
            {
                if (_input.Add(context, promotion))
                {
                    CheckTakesCodes(context, promotion);
                    Warnings.CheckEnabled(promotion);
                }

                foreach (NewCode code in valid[context.Kind].Where(code => !_input.TryAdd(context, promotion, code)))
                {
                    ShowError(ErrorRecords.From(
                        new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.CodeTwiceInInput), code.Text, promotion.PromotionId), code.Text));
                }
            },
            context =>
            {
                if (!valid.ContainsKey(context.Kind))
                {
                    valid[context.Kind] = Validate(codes, context.Kind);
                }
            });
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        foreach ((StoreContext context, PromotionIdentity promotion, IReadOnlyList<NewCode> codes) in _input.All)
        {
            if (!IsStoppingOnError && Confirm(context, promotion, codes.Count))
            {
                WorkStep step = _progress.Add(promotion.ToString());
                CodeAdditionOutput output = new(this, promotion.PromotionId, step, codes.Count, SkipExisting, PassThru);
                Start(promotion.PromotionId, async cancellationToken =>
                {
                    using (step)
                    {
                        await context.Adder.AddAsync(promotion.PromotionId, codes, SkipExisting, output, cancellationToken);
                    }

                    await output.WriteWarningsAsync();
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
            Host?.UI?.WriteWarningLine(SR.WarningAddInterrupted);
        }
    }

    private bool Confirm(StoreContext context, PromotionIdentity promotion, int codes) => ShouldProcess(
        MessageText.Of(SR.ConfirmPromotion, context.Directory.Describe(promotion)), MessageText.Of(SR.ConfirmAddCodes, codes));

    private NewCode NewCodeOf(CodeReference code) => new()
    {
        Text = code.Text,
        MaxUses = MaxUses,
        ConsumeUnit = ConsumeUnit.NullIfEmpty(),
        User = User.NullIfEmpty(),
        MaxUsesPerShopper = MaxUsesPerShopper,
        IncludesGuests = IncludesGuests,
        IsForNewShopper = IsForNewShopper,
    };

    /// <summary>The valid ones of the codes; each invalid one becomes an error.</summary>
    private List<NewCode> Validate(IEnumerable<NewCode> codes, PromotionKind kind)
    {
        List<NewCode> valid = [];
        foreach (NewCode code in codes)
        {
            try
            {
                code.Validate(kind);
                valid.Add(code);
            }
            catch (EpPromoException e)
            {
                ShowError(ErrorRecords.From(e, code.Text));
            }
        }

        return valid;
    }
}
