using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;

namespace EpPromo.PowerShell.Recipients;

/// <summary>Creates objects that have nothing but the properties that are added to them, like the rows of Import-Csv.</summary>
internal static class CustomObject
{
    private static readonly Func<int, PSObject> s_create = Creator();

    /// <summary>An object without properties.</summary>
    /// <param name="propertyCount">How many are going to be added.</param>
    public static PSObject New(int propertyCount) => s_create(propertyCount);

    /// <summary>
    /// PowerShell 7 has a constructor, which Import-Csv uses, for an object that holds its properties by itself. With the other one a table of
    /// the process holds them, which takes twice as long and as much memory. PowerShellStandard.Library does not declare it.
    /// </summary>
    private static Func<int, PSObject> Creator()
    {
        ParameterExpression propertyCount = Expression.Parameter(typeof(int));
        return typeof(PSObject).GetConstructor([typeof(int)]) is ConstructorInfo constructor
            ? Expression.Lambda<Func<int, PSObject>>(Expression.New(constructor, propertyCount), propertyCount).Compile()
            : _ => new PSObject();
    }
}
