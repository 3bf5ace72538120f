using EpPromo.Http.Downloads;

namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>Which links to files are fetched (docs/guarantees.md).</summary>
public sealed class FileLinkTests
{
    [Theory]
    [InlineData("https://files.example/x?s=1", "https://api.example/", true)]
    [InlineData("http://files.example/x", "https://api.example/", false)]
    [InlineData("http://127.0.0.1:5/x", "https://api.example/", false)]
    [InlineData("http://127.0.0.1:5/x", "http://127.0.0.1:4/", true)]
    [InlineData("http://localhost:5/x", "http://127.0.0.1:4/", true)]
    [InlineData("http://files.example/x", "http://127.0.0.1:4/", false)]
    [InlineData("https://user:secret@files.example/x", "https://api.example/", false)]
    [InlineData("https://user@127.0.0.1/x", "http://127.0.0.1:4/", false)]
    [InlineData("ftp://files.example/x", "https://api.example/", false)]
    [InlineData("file:///etc/passwd", "https://api.example/", false)]
    [InlineData("//files.example/x", "https://api.example/", false)]
    [InlineData("javascript:alert(1)", "https://api.example/", false)]
    [InlineData("https:///x", "https://api.example/", false)]
    [InlineData("https://files\uFFFD.example/x", "https://api.example/", false)]
    public void Links_must_be_https_without_user_info_or_local(string link, string store, bool fetched)
    {
        if (fetched)
        {
            Assert.Equal(link, FileLink.Parse(link, new Uri(store)).OriginalString);
        }
        else
        {
            EpPromoException unsafeLink = Assert.Throws<EpPromoException>(() => FileLink.Parse(link, new Uri(store)));
            Assert.Equal("UnexpectedResponse", unsafeLink.ErrorId);
            Assert.DoesNotContain(link, unsafeLink.Message, StringComparison.Ordinal);
        }
    }
}
