using System.Management.Automation;
using EpPromo.PowerShell.Parameters;

namespace EpPromo.PowerShell.Promotions;

/// <summary>
/// What a promotion had when it was written to a file or sent by another process (Export-Clixml, Start-Job). Its rules are not used: PowerShell
/// writes objects to a limited depth only.
/// </summary>
internal sealed class PromotionCopy
{
    private readonly Promotion _values;

    /// <summary>Reads the properties of <paramref name="copy"/>, which PowerShell has made of a promotion.</summary>
    public PromotionCopy(PSObject copy) => _values = new Promotion
    {
        Name = Read<string>(copy, nameof(Promotion.Name)),
        Description = Read<string>(copy, nameof(Promotion.Description)),
        Enabled = Read<bool>(copy, nameof(Promotion.Enabled)),
        Automatic = Read<bool>(copy, nameof(Promotion.Automatic)),
        Priority = Read<int?>(copy, nameof(Promotion.Priority)),
        Stackable = Read<bool>(copy, nameof(Promotion.Stackable)),
        OverrideStacking = Read<bool>(copy, nameof(Promotion.OverrideStacking)),
        Start = ReadTime(copy, nameof(Promotion.Start)),
        End = ReadTime(copy, nameof(Promotion.End)),
    };

    /// <summary>The promotion as the user knows it: what the copy does not have is as in <paramref name="current"/>.</summary>
    public Promotion Complete(Promotion current) => new(current)
    {
        Name = _values.Name,
        Description = _values.Description,
        Enabled = _values.Enabled,
        Automatic = _values.Automatic,
        Priority = _values.Priority,
        Stackable = _values.Stackable,
        OverrideStacking = _values.OverrideStacking,
        Start = _values.Start,
        End = _values.End,

        // It is not the state of that time.
        UpdatedAt = null,
    };

    private static T Read<T>(PSObject copy, string property) => LanguagePrimitives.ConvertTo<T>(copy.Properties[property]?.Value);

    private static DateTimeOffset? ReadTime(PSObject copy, string property) =>
        (DateTimeOffset?)new TimeTransformationAttribute().Transform(null!, copy.Properties[property]?.Value);
}
