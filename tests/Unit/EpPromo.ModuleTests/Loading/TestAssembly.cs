using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EpPromo.ModuleTests.Loading;

/// <summary>Assemblies of other versions than those that are shipped, as other modules bring them along.</summary>
internal static class TestAssembly
{
    /// <summary>Writes an assembly that has a name and a version, and nothing in it that could be used.</summary>
    /// <returns>The file.</returns>
    public static string Write(string folder, string name, Version version)
    {
        PersistedAssemblyBuilder builder = new(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        builder.DefineDynamicModule(name);
        string file = Path.Combine(folder, name + ".dll");
        builder.Save(file);
        return file;
    }

    /// <summary>Makes an assembly one of another major version, with all that it had: for one that the engine itself uses.</summary>
    public static void Restamp(string file, ushort major)
    {
        byte[] image = File.ReadAllBytes(file);
        using PEReader reader = new(new MemoryStream(image));

        // ECMA-335 II.22.2: the table has one row, which begins with four bytes of HashAlgId; then comes the version.
        int row = reader.PEHeaders.MetadataStartOffset + reader.GetMetadataReader().GetTableMetadataOffset(TableIndex.Assembly);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(row + sizeof(uint)), major);
        File.WriteAllBytes(file, image);
    }
}
