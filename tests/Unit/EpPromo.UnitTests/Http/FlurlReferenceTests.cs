using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EpPromo.UnitTests.Http;

/// <summary>
/// Flurl.Http 2.4.2 was built against Flurl 2.8 and runs beside Flurl 3.0.1, which has lost some of what it refers to. What is
/// lost is known, and we call none of it; any change of versions shows here before it shows at a customer's.
/// </summary>
public sealed class FlurlReferenceTests
{
    /// <summary>
    /// References that do not resolve. The first breaks WithHeaders(object), WithCookies(object), PostUrlEncodedAsync and
    /// HttpTest.RespondWith*; the others WithQueryParamValue and its kin.
    /// </summary>
    private static readonly string[] KnownLost =
    [
        "CommonExtensions.ToKeyValuePairs",
        "QueryParamCollection..ctor",
        "QueryParamCollection.Merge",
        "QueryParameter.get_Name",
        "QueryParameter.get_Value",
    ];

    [Fact]
    public void What_Flurl_Http_misses_in_Flurl_is_what_we_know_of() => Assert.Equal(KnownLost, Lost().Order());

    private static IEnumerable<string> Lost()
    {
        Assembly http = typeof(Flurl.Http.FlurlClient).Assembly;
        using PEReader file = new(File.OpenRead(http.Location));
        MetadataReader metadata = file.GetMetadataReader();
        int intoFlurl = 0;
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference reference = metadata.GetMemberReference(handle);
            if (!IsInFlurl(metadata, reference.Parent))
            {
                continue;
            }

            intoFlurl++;
            string? lost = null;
            try
            {
                http.ManifestModule.ResolveMember(metadata.GetToken(handle), null, null);
            }
            catch (Exception e) when (e is MissingMemberException or TypeLoadException)
            {
                lost = TypeName(metadata, reference.Parent) + "." + metadata.GetString(reference.Name);
            }

            if (lost is not null)
            {
                yield return lost;
            }
        }

        Assert.True(intoFlurl > 5, "No references found: the test looks in the wrong place.");
    }

    private static bool IsInFlurl(MetadataReader metadata, EntityHandle type) =>
        type.Kind == HandleKind.TypeReference
        && metadata.GetTypeReference((TypeReferenceHandle)type).ResolutionScope is { Kind: HandleKind.AssemblyReference } scope
        && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == "Flurl";

    private static string TypeName(MetadataReader metadata, EntityHandle type) =>
        metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name);
}
