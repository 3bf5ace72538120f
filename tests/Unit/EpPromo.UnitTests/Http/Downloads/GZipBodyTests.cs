using EpPromo.Http.Downloads;

namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>Where only the first member of a gzip file is read, as on .NET Framework, the others and a missing end are noticed.</summary>
public sealed class GZipBodyTests
{
    private const string First = "code\nsummer-1\n";

    [Fact]
    public void This_runtime_reads_all_members() => Assert.True(GZipBody.ReadsAllMembers);

    [Theory]
    [InlineData(null)]
    [InlineData("summer-2\n")]
    public async Task Members_after_the_first_are_noticed(string? second)
    {
        byte[] file = [.. Reply.Compress(First), .. second is null ? [] : Reply.Compress(second)];

        // As the first call of GZipStream: all of a short file.
        using GZipBody body = new(new MemoryStream(file));
        await body.ReadExactlyAsync(new byte[file.Length], TestContext.Current.CancellationToken);

        Assert.Equal(second is null ? GZipEnd.Complete : GZipEnd.SeveralMembers, await body.FindEndAsync(First.Length, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bytes_that_were_not_read_are_noticed()
    {
        byte[] member = Reply.Compress(First);
        using GZipBody body = new(new MemoryStream([.. member, .. member]));
        await body.ReadExactlyAsync(new byte[member.Length], TestContext.Current.CancellationToken);

        Assert.Equal(GZipEnd.SeveralMembers, await body.FindEndAsync(First.Length, TestContext.Current.CancellationToken));
    }

    /// <summary>The decompression has requested bytes that the member has not got.</summary>
    [Fact]
    public async Task A_file_that_is_cut_off_is_noticed()
    {
        using GZipBody body = new(new MemoryStream(Reply.Compress(First)[..^1]));
        await body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        Assert.Equal(GZipEnd.CutOff, await body.FindEndAsync(First.Length, TestContext.Current.CancellationToken));
    }
}
