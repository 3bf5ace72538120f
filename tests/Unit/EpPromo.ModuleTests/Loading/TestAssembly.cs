using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EpPromo.ModuleTests.Loading;

/// <summary>Assemblies with the names of shipped ones and other versions, such as other modules load.</summary>
internal static class TestAssembly
{
    /// <summary>Writes an empty assembly with a name and a version.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(string folder, string name, Version version)
    {
        PersistedAssemblyBuilder builder = new(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        builder.DefineDynamicModule(name);
        string file = Path.Combine(folder, name + ".dll");
        builder.Save(file);
        return file;
    }

    /// <summary>Changes the major version of an assembly and nothing else, so that it can still be used.</summary>
    public static void SetMajorVersion(string file, ushort major)
    {
        byte[] image = File.ReadAllBytes(file);
        using PEReader reader = new(new MemoryStream(image));

        // ECMA-335 II.22.2: the table has one row; the version follows the four bytes of HashAlgId.
        int row = reader.PEHeaders.MetadataStartOffset + reader.GetMetadataReader().GetTableMetadataOffset(TableIndex.Assembly);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(row + sizeof(uint)), major);
        File.WriteAllBytes(file, image);
    }
}
