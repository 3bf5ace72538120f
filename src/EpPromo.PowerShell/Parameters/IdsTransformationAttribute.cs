using System.Management.Automation;
using EpPromo.Api;

namespace EpPromo.PowerShell.Parameters;

/// <summary>Converts ids to the form that the store uses, and trims white space.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdsTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data) => Text(data);

    /// <summary>The id in <paramref name="item"/>.</summary>
    public static string Text(object item) => Identifier.Canonical(LanguagePrimitives.ConvertTo<string>(item).Trim());
}
