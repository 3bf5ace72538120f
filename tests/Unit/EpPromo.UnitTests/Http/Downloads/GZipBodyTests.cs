using System.IO.Compression;
using System.Text;
using EpPromo.Http.Downloads;

namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>Where only the first member of a gzip file is read, as on .NET Framework, the others are noticed.</summary>
public sealed class GZipBodyTests
{
    private const string First = "code\nsummer-1\n";

    [Fact]
    public void This_runtime_reads_all_members() => Assert.True(GZipBody.ReadsAllMembers);

    [Theory]
    [InlineData(null, true)]
    [InlineData("summer-2\n", false)]
    public async Task Members_after_the_first_are_noticed(string? second, bool isOnly)
    {
        byte[] file = [.. Compress(First), .. second is null ? [] : Compress(second)];

        // As the first call of GZipStream: all of a short file.
        using GZipBody body = new(new MemoryStream(file));
        await body.ReadExactlyAsync(new byte[file.Length], TestContext.Current.CancellationToken);

        Assert.Equal(isOnly, await body.HasOneMemberAsync(First.Length, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bytes_that_were_not_read_are_noticed()
    {
        byte[] member = Compress(First);
        using GZipBody body = new(new MemoryStream([.. member, .. member]));
        await body.ReadExactlyAsync(new byte[member.Length], TestContext.Current.CancellationToken);

        Assert.False(await body.HasOneMemberAsync(First.Length, TestContext.Current.CancellationToken));
    }

    /// <summary>A member with a text.</summary>
    internal static byte[] Compress(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
