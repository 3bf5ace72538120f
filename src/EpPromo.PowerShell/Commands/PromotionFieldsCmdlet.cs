using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Promotions;
using EpPromo.Promotions;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that writes the fields of promotions. A field that is not given, or an empty cell of a table, is not written.</summary>
public abstract class PromotionFieldsCmdlet : StoreCmdlet
{
    /// <summary>The description.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? Description { get; set; }

    /// <summary>Whether shoppers can use the promotion: $true or $false; in a table also yes or no.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(YesNoCompleter))]
    [YesNoTransformation(Default = null)]
    public bool? Enabled { get; set; }

    /// <summary>Whether the promotion applies without a code, $true or $false. An automatic promotion has no codes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(YesNoCompleter))]
    [YesNoTransformation(Default = null)]
    public bool? Automatic { get; set; }

    /// <summary>The priority. A promotion with a larger one comes first; no two promotions of a store have the same.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumberTransformation(Minimum = 1)]
    public int? Priority { get; set; }

    /// <summary>Whether the promotion can be combined with others, $true or $false.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(YesNoCompleter))]
    [YesNoTransformation(Default = null)]
    public bool? Stackable { get; set; }

    /// <summary>Whether the promotion overrides the stacking rules of others, $true or $false.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(YesNoCompleter))]
    [YesNoTransformation(Default = null)]
    public bool? OverrideStacking { get; set; }

    /// <summary>
    /// When the promotion starts, as a time or a text such as 2026-12-01 or 2026-12-01T08:00Z. A text without a zone is local time. Seconds are
    /// omitted.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    public new DateTimeOffset? Start { get; set; }

    /// <summary>When the promotion ends, in the same forms as Start.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    public DateTimeOffset? End { get; set; }

    /// <summary>
    /// The rules: the RuleSet of a promotion, a hashtable, an object, or JSON. It replaces all rules that the promotion has.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? RuleSet { get; set; }

    /// <summary>
    /// The fields that the command line gives, and those that the input gives, unless it is a promotion: its properties are what it has, not
    /// what it is to have.
    /// </summary>
    /// <exception cref="EpPromoException">The rule set is invalid.</exception>
    private protected PromotionFields ReadFields(PromotionReference input) => !input.IsPromotion
        ? ReadFields()
        : ReadFields().Only([.. PromotionField.All.Where(field => IsOnCommandLine(field.Name))]);

    /// <summary>The fields that are given.</summary>
    /// <exception cref="EpPromoException">The rule set is invalid.</exception>
    private protected PromotionFields ReadFields() => new()
    {
        Description = Description,
        Enabled = Enabled,
        Automatic = Automatic,
        Priority = Priority,
        Stackable = Stackable,
        OverrideStacking = OverrideStacking,
        Start = Start,
        End = End,
        RuleSet = RuleSetArgument.Read(RuleSet),
    };
}
