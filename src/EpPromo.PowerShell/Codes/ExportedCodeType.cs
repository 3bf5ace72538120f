using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using EpPromo.Codes;

namespace EpPromo.PowerShell.Codes;

/// <summary>
/// Types of codes that have properties for the further columns of export files: <c>EpPromo.ExportedCode</c>, derived from
/// <see cref="PromotionCode"/>. The columns are known only when a file is read, so the types are created then, one for each set of columns.
/// </summary>
/// <remarks>
/// Note properties would have to be added to each object: a million rows take several times as long and five times the memory. A
/// <c>PSPropertyAdapter</c> is known to one runspace only: in the others (ForEach-Object -Parallel, Start-ThreadJob), script blocks read null
/// from the columns, and since compiled script is shared by all runspaces of a process, so may the first one afterwards.
/// <para>
/// The types stay until the process ends, and so does what PowerShell keeps of each type that it has seen: 50 KB each. The files of a store
/// have one set of columns, and at most seven more where values cannot be read.
/// </para>
/// </remarks>
internal static class ExportedCodeType
{
    private const string Name = "EpPromo.ExportedCode";

    private static readonly ConcurrentDictionary<string, Func<ExportRow, PromotionCode>> s_creators = new();

    private static readonly MethodInfo s_column =
        typeof(PromotionCode).GetMethod("Column", BindingFlags.Instance | BindingFlags.NonPublic, null, [typeof(int)], null)!;

    private static readonly ConstructorInfo s_baseConstructor =
        typeof(PromotionCode).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, null, [typeof(object)], null)!;

    /// <summary>Creates objects of the type for certain columns.</summary>
    /// <param name="columns">The columns that have properties, with the names of these, which no other property of a code has.</param>
    public static Func<ExportRow, PromotionCode> CreatorFor(IReadOnlyList<KeyValuePair<int, string>> columns) => columns.Count == 0
        ? row => new PromotionCode(row)
        : s_creators.GetOrAdd(string.Join("\0", columns.Select(column => $"{column.Key} {column.Value}")), _ => Creator(Define(columns)));

    private static Func<ExportRow, PromotionCode> Creator(Type type)
    {
        ParameterExpression row = Expression.Parameter(typeof(ExportRow));
        return Expression.Lambda<Func<ExportRow, PromotionCode>>(Expression.New(type.GetConstructor([typeof(object)])!, row), row).Compile();
    }

    private static Type Define(IReadOnlyList<KeyValuePair<int, string>> columns)
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(Name), AssemblyBuilderAccess.Run);
        TypeBuilder type = assembly.DefineDynamicModule(Name).DefineType(Name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(PromotionCode));
        DefineConstructor(type);
        foreach (KeyValuePair<int, string> column in columns)
        {
            DefineProperty(type, column.Value, column.Key);
        }

        return type.CreateTypeInfo()!.AsType();
    }

    /// <summary><c>public ExportedCode(object row) : base(row) { }</c></summary>
    private static void DefineConstructor(TypeBuilder type)
    {
        ILGenerator body = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(object)]).GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Call, s_baseConstructor);
        body.Emit(OpCodes.Ret);
    }

    /// <summary><c>public string created_by => Column(3);</c></summary>
    private static void DefineProperty(TypeBuilder type, string name, int column)
    {
        MethodBuilder getter = type.DefineMethod(
            "get_" + name, MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig, typeof(string), Type.EmptyTypes);
        ILGenerator body = getter.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldc_I4, column);
        body.Emit(OpCodes.Call, s_column);
        body.Emit(OpCodes.Ret);
        type.DefineProperty(name, PropertyAttributes.None, typeof(string), Type.EmptyTypes).SetGetMethod(getter);
    }
}
