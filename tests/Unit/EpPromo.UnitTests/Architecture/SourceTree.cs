using System.Reflection;
using System.Text.RegularExpressions;
using Mono.Cecil;
using NetArchTest.Rules;

namespace EpPromo.UnitTests.Architecture;

/// <summary>
/// An assembly and the folders of its source files. A type belongs to the folder of the file that has its name; its namespace does not
/// say that, because the types that scripts name are all in the root namespace.
/// </summary>
internal sealed partial class SourceTree
{
    /// <summary>The folder of the project file.</summary>
    public const string Root = "(root)";

    private readonly string _folder;
    private readonly Dictionary<string, string> _folders;

    private SourceTree(string name, string assembly)
    {
        Name = name;
        Assembly = assembly;
        _folder = Path.Combine(Setting("SourceFolder"), name);
        Files = [.. Directory.EnumerateFiles(_folder, "*.cs", SearchOption.AllDirectories).Where(file => !IsBuildOutput(file))];
        _folders = Files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), FolderOf);
        Types = ReadTypes(assembly);
    }

    public static SourceTree EpPromo { get; } = new("EpPromo", typeof(EpStore).Assembly.Location);

    public static SourceTree Http { get; } = new("EpPromo.Http", typeof(global::EpPromo.Http.StoreConnection).Assembly.Location);

    /// <summary>The folder of the documentation.</summary>
    public static string Documents => Path.Combine(Setting("SourceFolder"), "..", "docs");

    /// <summary>It is read, not loaded, because there is no PowerShell in this process.</summary>
    public static SourceTree PowerShell { get; } = new("EpPromo.PowerShell", Setting("ModuleAssembly"));

    /// <summary>The assembly's name, which is its root namespace, too.</summary>
    public string Name { get; }

    /// <summary>The assembly's file.</summary>
    public string Assembly { get; }

    /// <summary>The source files.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The folders that contain source files.</summary>
    public IEnumerable<string> Folders => _folders.Values.Distinct();

    /// <summary>The types that have a source file: no nested ones, none of the compiler's, and not the generated class of the messages.</summary>
    public IReadOnlyList<TypeDefinition> Types { get; }

    /// <summary>The folder of a type, or null if no file has its name.</summary>
    public string? FolderOf(TypeDefinition type) =>
        type.DeclaringType is { } outer ? FolderOf(outer) : _folders.GetValueOrDefault(type.Name.Split('`')[0]);

    /// <summary>The namespace of a folder.</summary>
    public string NamespaceOf(string folder) => folder == Root ? Name : $"{Name}.{folder}";

    /// <summary>
    /// What in folder <paramref name="from"/> uses folder <paramref name="to"/>: the types whose compiled code does, and the files that
    /// import its namespace. The latter find what is not in the code, such as constants, attributes and comments.
    /// </summary>
    public IEnumerable<string> Users(string from, string to)
    {
        string[] used = [.. Types.Where(type => FolderOf(type) == to).Select(type => type.FullName)];
        IEnumerable<string> types = global::NetArchTest.Rules.Types.FromFile(Assembly)
            .That().MeetCustomRule(new InFolder(this, from))
            .ShouldNot().HaveDependencyOnAny(used)
            .GetResult().FailingTypeNames ?? [];
        IEnumerable<string> files = Files.Where(file => FolderOf(file) == from && Imports(file).Contains(NamespaceOf(to)));
        return types.Concat(files.Select(file => Path.GetFileName(file)));
    }

    private static IEnumerable<string> Imports(string file) =>
        UsingDirective().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value);

    private static IReadOnlyList<TypeDefinition> ReadTypes(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        return [.. module.Types.Where(type => type.Namespace.StartsWith("EpPromo", StringComparison.Ordinal) && type.Name != nameof(SR))];
    }

    private static string Setting(string key) =>
        typeof(SourceTree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;

    [GeneratedRegex(@"^using (EpPromo[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();

    private bool IsBuildOutput(string file) =>
        Path.GetRelativePath(_folder, file).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    private string FolderOf(string file) =>
        Path.GetRelativePath(_folder, Path.GetDirectoryName(file)!) is var folder and not "."
            ? folder.Replace(Path.DirectorySeparatorChar, '.')
            : Root;

    private sealed class InFolder(SourceTree tree, string folder) : ICustomRule
    {
        public bool MeetsRule(TypeDefinition type) => tree.FolderOf(type) == folder;
    }
}
