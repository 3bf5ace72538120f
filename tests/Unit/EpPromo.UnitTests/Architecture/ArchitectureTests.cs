using Mono.Cecil;

namespace EpPromo.UnitTests.Architecture;

/// <summary>
/// The folders of an assembly depend on each other in one direction (<see cref="AllowedArrows"/>), namespaces follow folders, and only
/// what scripts need is public.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly string[] s_publicTypes =
    [
        "ApiError",
        "ApiException",
        "CodeMeasurement",
        "CodeRun",
        "ConsumeUnits",
        "DailyUses",
        "EpPromoException",
        "EpStore",
        "ErrorKind",
        "JobEndedException",
        "JobStatuses",
        "JobTypes",
        "Promotion",
        "PromotionCode",
        "PromotionDifference",
        "PromotionJob",
        "PromotionKind",
        "PromotionRuleSet",
        "PromotionRun",
        "PromotionUsage",
        "StoreCounters",
        "UncertainResultException",
    ];

    /// <summary>Besides the cmdlets: their base classes and the types of their parameters, and what the engine calls.</summary>
    private static readonly string[] s_publicTypesOfModule =
    [
        "AsyncCmdlet",
        "CodeCreationCmdlet",
        "CodeReference",
        "CodeSourceCmdlet",
        "ConfirmingCmdlet",
        "JobCmdlet",
        "ModuleInitializer",
        "PromotionFieldsCmdlet",
        "PromotionKindCmdlet",
        "PromotionReference",
        "PromotionStateCmdlet",
        "RunListCmdlet",
        "StoreCmdlet",
        "StoreRegion",
        "StreamingCmdlet",
        "WhenBusy",
    ];

    public static TheoryData<string> Assemblies => ["EpPromo", "EpPromo.Http", "EpPromo.PowerShell"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_folder_uses_only_folders_that_the_table_allows(string assembly)
    {
        SourceTree tree = TreeOf(assembly);
        IReadOnlyList<(string Folder, string[] Allowed)> table = TableOf(assembly);

        Assert.Equal(table.Select(line => line.Folder).Order(StringComparer.Ordinal), tree.Folders.Order(StringComparer.Ordinal));
        Assert.Empty(
            from line in table
            from other in tree.Folders
            where other != line.Folder && !line.Allowed.Contains(other)
            from user in tree.Users(line.Folder, other)
            select $"{line.Folder} → {other}: {user}");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void All_arrows_of_the_table_point_down(string assembly)
    {
        IReadOnlyList<(string Folder, string[] Allowed)> table = TableOf(assembly);

        Assert.All(table, (line, index) => Assert.Empty(line.Allowed.Except(table.Skip(index + 1).Select(lower => lower.Folder))));
    }

    [Fact]
    public void An_assembly_uses_only_those_below_it()
    {
        Assert.DoesNotContain(ReferencesOf(SourceTree.EpPromo), reference => reference != "netstandard");
        Assert.DoesNotContain("EpPromo.PowerShell", ReferencesOf(SourceTree.Http));
        Assert.Equal(["StoreConnector.cs"], SourceTree.PowerShell.Files
            .Where(file => File.ReadAllText(file).Contains("using EpPromo.Http;", StringComparison.Ordinal)).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_follow_folders_but_for_public_types_in_the_root_namespace(string assembly)
    {
        SourceTree tree = TreeOf(assembly);

        Assert.All(tree.Types, type => Assert.True(
            tree.FolderOf(type) is { } folder
                && (type.Namespace == tree.NamespaceOf(folder) || (type.IsPublic && type.Namespace == tree.Name)),
            $"{type.FullName} is in the folder {tree.FolderOf(type) ?? "of a file with another name"}."));
    }

    [Fact]
    public void Only_what_scripts_need_is_public()
    {
        Assert.Equal(s_publicTypes.Select(name => "EpPromo." + name), PublicTypesOf(SourceTree.EpPromo));
        Assert.Empty(PublicTypesOf(SourceTree.Http));
        Assert.Equal(s_publicTypesOfModule, PublicTypesOf(SourceTree.PowerShell).Select(name => name.Split('.')[^1])
            .Where(name => !name.EndsWith("Command", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static SourceTree TreeOf(string assembly) => assembly switch
    {
        "EpPromo" => SourceTree.EpPromo,
        "EpPromo.Http" => SourceTree.Http,
        _ => SourceTree.PowerShell,
    };

    private static IReadOnlyList<(string Folder, string[] Allowed)> TableOf(string assembly)
    {
        string table = assembly switch
        {
            "EpPromo" => AllowedArrows.EpPromo,
            "EpPromo.Http" => AllowedArrows.Http,
            _ => AllowedArrows.PowerShell,
        };
        return
        [
            .. from line in table.Split('\n')
               let parts = line.Split('→', StringSplitOptions.TrimEntries)
               select (parts[0], parts[1].Split(", ", StringSplitOptions.RemoveEmptyEntries)),
        ];
    }

    private static IEnumerable<string> PublicTypesOf(SourceTree tree) =>
        tree.Types.Where(type => type.IsPublic).Select(type => type.FullName).Order(StringComparer.Ordinal);

    private static IEnumerable<string> ReferencesOf(SourceTree tree)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(tree.Assembly);
        return [.. module.AssemblyReferences.Select(reference => reference.Name)];
    }
}
