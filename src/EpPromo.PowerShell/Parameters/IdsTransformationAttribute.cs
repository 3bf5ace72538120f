using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>Ids as the store writes them, without the blanks around them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdsTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data) => Text(data);

    /// <summary>The id that <paramref name="item"/> is.</summary>
    public static string Text(object item) => Identifier.Canonical(LanguagePrimitives.ConvertTo<string>(item).Trim());
}
