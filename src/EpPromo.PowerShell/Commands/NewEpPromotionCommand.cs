using System.Management.Automation;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>New-EpPromotion: creates rule promotions, each exactly once.</summary>
[Cmdlet(VerbsCommon.New, "EpPromotion", SupportsShouldProcess = true)]
[OutputType(typeof(Promotion))]
public sealed class NewEpPromotionCommand : PromotionFieldsCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation(Default = "")]
    [AllowEmptyString]
    public string Name { get; set; } = "";

    /// <summary>
    /// Create the promotion although the store has one of the same name. Other commands then need the id to distinguish them.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowSameName { get; set; }

    // One after another: rows with the same name or priority are to be detected.
    private protected override int MaxConcurrency => 1;

    private protected override object? ErrorTarget => Name;

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        PromotionFields fields = ReadFields() with { Name = Name };
        fields.Validate();
        StoreContext context = DefaultContext();
        if (IsWhatIf)
        {
            // What -WhatIf shows would be done; work that has started cannot ask.
            _ = Await(cancellationToken => context.Writer.CheckNewAsync(fields, AllowSameName, cancellationToken));
        }

        if (ShouldProcess(DisplayText.Clean(MessageText.Of(SR.ConfirmPromotion, $"'{Name}'")), SR.ConfirmCreatePromotion))
        {
            bool allowSameName = AllowSameName;
            Start(fields.Name, async cancellationToken => await WriteObjectAsync(await context.Writer.CreateAsync(
                fields, await context.Writer.CheckNewAsync(fields, allowSameName, cancellationToken), cancellationToken)));
        }
    }
}
