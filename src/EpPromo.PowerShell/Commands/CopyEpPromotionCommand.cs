using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Copy-EpPromotion: creates copies of promotions with their rules, in the same store or in another one.</summary>
[Cmdlet(VerbsCommon.Copy, "EpPromotion", SupportsShouldProcess = true)]
[OutputType(typeof(Promotion))]
public sealed class CopyEpPromotionCommand : PromotionFieldsCmdlet
{
    /// <summary>Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>The name of the copy. The pipeline does not set it.</summary>
    /// <value>the name of the promotion</value>
    [Parameter(Position = 0)]
    [TextTransformation]
    public string? Name { get; set; }

    /// <summary>The store that gets the copy, or its name.</summary>
    /// <value>the store of the promotion</value>
    [Parameter]
    [StoreTransformation]
    [ArgumentCompleter(typeof(StoreNameCompleter))]
    [ValidateNotNull]
    public EpStore? Destination { get; set; }

    /// <summary>Create the copy although its store has a promotion of the same name.</summary>
    [Parameter]
    public SwitchParameter AllowSameName { get; set; }

    // One after another: copies with the same name or priority are to be detected.
    private protected override int MaxConcurrency => 1;

    private protected override object? ErrorTarget => TextsOf(Promotion);

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        foreach (PromotionReference reference in Promotion)
        {
            PromotionFields given = ReadFields(reference);
            ForEachPromotion([reference], (source, promotion) =>
            {
                StoreContext destination = Destination is null ? source : ContextIn(Destination);
                Promotion original = Await(cancellationToken => source.Api.Promotions.GetPromotionAsync(promotion.PromotionId, cancellationToken));
                PromotionFields fields = FieldsOfCopy(original, given, source.Store == destination.Store);
                fields.Validate();
                if (IsWhatIf)
                {
                    _ = Await(cancellationToken => destination.Writer.CheckNewAsync(fields, AllowSameName, cancellationToken));
                }

                string target = MessageText.Of(SR.ConfirmPromotion, source.Directory.Describe(PromotionIdentity.Of(original)));
                if (ShouldProcess(target, DisplayText.Clean(MessageText.Of(SR.ConfirmCopyPromotion, fields.Name, destination.Store.Name))))
                {
                    bool allowSameName = AllowSameName;
                    Start(promotion.PromotionId, async cancellationToken => await WriteObjectAsync(await destination.Writer.CreateAsync(
                        fields, await destination.Writer.CheckNewAsync(fields, allowSameName, cancellationToken), cancellationToken)));
                }
            });
        }
    }

    /// <summary>
    /// What the copy gets: what is given, and else what the promotion has. A copy is disabled, so that nobody uses it before it was looked at,
    /// and in the same store it has no priority, because no two promotions can have the same.
    /// </summary>
    private PromotionFields FieldsOfCopy(Promotion original, PromotionFields given, bool isSameStore)
    {
        PromotionFields copy = PromotionFields.Of(original);
        return copy with
        {
            Name = Name.NullIfEmpty() ?? original.Name,
            Description = given.Description ?? copy.Description,
            Enabled = IsOnCommandLine(nameof(Enabled)) && given.Enabled == true,
            Automatic = given.Automatic ?? copy.Automatic,
            Priority = given.Priority ?? (isSameStore ? null : copy.Priority),
            Stackable = given.Stackable ?? copy.Stackable,
            OverrideStacking = given.OverrideStacking ?? copy.OverrideStacking,
            Start = given.Start ?? copy.Start,
            End = given.End ?? copy.End,
            RuleSet = given.RuleSet ?? copy.RuleSet,
        };
    }
}
