using EpPromo.Stores;

namespace EpPromo.UnitTests.Stores;

public class StoreAddressTests
{
    [Theory]
    [InlineData("https://useast.api.elasticpath.com", "https://useast.api.elasticpath.com/")]
    [InlineData("https://useast.api.elasticpath.com///", "https://useast.api.elasticpath.com/")]
    [InlineData("euwest.api.elasticpath.com", "https://euwest.api.elasticpath.com/")]
    [InlineData("https://gateway.example/ep", "https://gateway.example/ep/")]
    [InlineData("https://store.example:8443", "https://store.example:8443/")]
    [InlineData("http://localhost:5000", "http://localhost:5000/")]
    [InlineData("http://127.0.0.1:5000/", "http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000/", "http://[::1]:5000/")]
    public void An_address_becomes_a_base_url(string text, string uri) => Assert.Equal(uri, StoreAddress.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("not a host")]
    [InlineData("ftp://store.example")]
    [InlineData("https://store\uFFFD.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@store.example")]
    [InlineData("https://user:secret@store.example")]
    [InlineData("user:secret@store.example")]
    [InlineData("https://store.example/?x=1")]
    [InlineData("https://store.example/#part")]
    public void Anything_else_is_rejected_and_the_message_omits_it(string text)
    {
        EpPromoException error = Assert.Throws<EpPromoException>(() => StoreAddress.Parse(text));

        Assert.Equal(nameof(SR.BadBaseUri), error.ErrorId);
        Assert.DoesNotContain("secret", error.Message + error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://store.example/v2", "v2", "https://store.example/")]
    [InlineData("https://store.example/v2/", "v2", "https://store.example/")]
    [InlineData("store.example/V2//", "V2", "https://store.example/")]
    [InlineData("https://store.example/v2/rule-promotions", "v2/rule-promotions", "https://store.example/")]
    [InlineData("https://gateway.example/ep/v2/promotions/", "v2/promotions", "https://gateway.example/ep/")]
    [InlineData("https://store.example/oauth/access_token", "oauth/access_token", "https://store.example/")]
    public void A_path_of_the_api_is_rejected(string text, string part, string address)
    {
        EpPromoException error = Assert.Throws<EpPromoException>(() => StoreAddress.Parse(text));

        Assert.Equal(("BaseUriHasApiPath", ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.Contains($"'{part}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(address, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://gateway.example/v2/ep")]
    [InlineData("https://gateway.example/ep-v2")]
    [InlineData("https://v2.example/")]
    public void A_path_of_a_gateway_is_kept(string text) => Assert.Equal(text.TrimEnd('/') + "/", StoreAddress.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("http://store.example")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://localhost.example")]
    public void Http_goes_to_this_machine_only(string text) =>
        Assert.Equal(nameof(SR.HttpsOnly), Assert.Throws<EpPromoException>(() => StoreAddress.Parse(text)).ErrorId);
}
