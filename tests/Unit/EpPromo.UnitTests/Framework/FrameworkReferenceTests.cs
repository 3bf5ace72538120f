using Mono.Cecil;

namespace EpPromo.UnitTests.Framework;

/// <summary>
/// What can be known of Windows PowerShell 5.1 without Windows: everything that the module refers to exists there, and no type comes from
/// two assemblies.
/// </summary>
public sealed class FrameworkReferenceTests : IDisposable
{
    /// <summary>What only PowerShell 7 loads; nothing else may refer to load contexts.</summary>
    private const string OnlyOnPowerShell7 = "EpPromo.LoadContext";

    /// <summary>
    /// References that name another version than the shipped one. The third-party assemblies are as their authors have built them, and
    /// no type of theirs crosses (<see cref="Where_versions_differ_no_type_crosses_from_one_assembly_to_another"/>).
    /// </summary>
    private static readonly string[] s_otherVersions =
    [
        "Flurl.Http → System.Text.Json 6.0.0.0",
        "SpreadCheetah → Microsoft.Bcl.Memory 10.0.0.9",
        "System.Text.Encoding.CodePages → System.Runtime.CompilerServices.Unsafe 4.0.4.1",
    ];

    private readonly FrameworkAssemblies _assemblies = new();

    [Fact]
    public void Every_type_and_member_that_the_module_refers_to_exists_on_Windows_PowerShell()
    {
        List<string> missing = [];
        int checkedReferences = 0;
        foreach (ModuleDefinition module in _assemblies.Shipped.Where(assembly => assembly.Name.Name != OnlyOnPowerShell7).Select(assembly => assembly.MainModule))
        {
            MemberReference[] references = [.. module.GetTypeReferences(), .. module.GetMemberReferences()];
            checkedReferences += references.Length;
            missing.AddRange(references.Where(reference => !Exists(reference)).Select(reference => $"{module.Name}: {reference.FullName}"));
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{checkedReferences} references to types and members of {_assemblies.Shipped.Count - 1} assemblies resolved for Windows PowerShell 5.1.");
        Assert.Empty(missing);
        Assert.True(checkedReferences > 5000, $"Only {checkedReferences} references were found.");
    }

    /// <summary>Windows PowerShell could not list the types of an assembly with a class derived from a load context.</summary>
    [Fact]
    public void Only_the_assembly_for_PowerShell_7_refers_to_load_contexts() =>
        Assert.Equal([OnlyOnPowerShell7], _assemblies.Shipped.Where(assembly => Refers(assembly, "System.Runtime.Loader")).Select(assembly => assembly.Name.Name));

    /// <summary>
    /// .NET Framework resolves each reference to a version that is in its global assembly cache to the cache, before it asks the module. With
    /// two versions of a name, one could come from there and the other from <c>lib/</c>.
    /// </summary>
    [Fact]
    public void Every_reference_names_the_version_that_is_shipped() => Assert.Equal(
        s_otherVersions, Differences().Select(pair => $"{pair.From.Name.Name} → {pair.To.Name} {pair.To.Version}").Order(StringComparer.Ordinal));

    [Fact]
    public void Where_versions_differ_no_type_crosses_from_one_assembly_to_another() => Assert.Empty(
        from pair in Differences()
        from user in _assemblies.Shipped
        where user != pair.From && Refers(user, pair.From.Name.Name)
        from member in user.MainModule.GetMemberReferences()
        where member.DeclaringType.Scope.Name == pair.From.Name.Name && SignatureOf(member).Any(type => Mentions(type, pair.To.Name))
        select $"{user.Name.Name} uses {member.FullName}");

    public void Dispose() => _assemblies.Dispose();

    private IEnumerable<(AssemblyDefinition From, AssemblyNameReference To)> Differences() =>
        from assembly in _assemblies.Shipped
        from reference in assembly.MainModule.AssemblyReferences
        where _assemblies.FindShipped(reference.Name) is { } shipped && shipped.Name.Version != reference.Version
        select (assembly, reference);

    private static bool Refers(AssemblyDefinition assembly, string name) =>
        assembly.MainModule.AssemblyReferences.Any(reference => reference.Name == name);

    private static bool Exists(MemberReference reference)
    {
        try
        {
            // An array has members that no type defines.
            return reference.DeclaringType is ArrayType || Resolve(reference) is not null;
        }
        catch (AssemblyResolutionException)
        {
            return false;
        }
    }

    private static IMemberDefinition? Resolve(MemberReference reference) => reference switch
    {
        TypeReference type => type.Resolve(),
        MethodReference method => method.Resolve(),
        FieldReference field => field.Resolve(),
        _ => null,
    };

    private static IEnumerable<TypeReference> SignatureOf(MemberReference member) => Resolve(member) switch
    {
        MethodDefinition method => [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        FieldDefinition field => [field.FieldType],
        _ => [],
    };

    private static bool Mentions(TypeReference type, string assembly) =>
        type.GetElementType().Scope.Name == assembly
        || (type is GenericInstanceType generic && generic.GenericArguments.Any(argument => Mentions(argument, assembly)))
        || (type is TypeSpecification { ElementType: { } element } && Mentions(element, assembly));
}
