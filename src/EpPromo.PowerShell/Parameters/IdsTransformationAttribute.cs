using System.Management.Automation;
using EpPromo.Api;

namespace EpPromo.PowerShell.Parameters;

/// <summary>Converts ids to the form that the store uses, and trims white space.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdsTransformationAttribute : OptionalTransformationAttribute
{
    /// <summary>The property of an object that has the id, so that the object can be given, too; null if only the id itself can.</summary>
    public string? Property { get; set; }

    private protected override object Read(object data) =>
        Text(Property is not null && PSObject.AsPSObject(data).Properties[Property]?.Value is { } id ? id : data);

    /// <summary>The id in <paramref name="item"/>.</summary>
    public static string Text(object item) => Identifier.Canonical(LanguagePrimitives.ConvertTo<string>(item).Trim());
}
