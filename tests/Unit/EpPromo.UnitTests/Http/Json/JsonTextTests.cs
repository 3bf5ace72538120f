using System.Text;
using EpPromo.Api;
using EpPromo.Http.Json;

namespace EpPromo.UnitTests.Http.Json;

/// <summary>
/// JSON as text, in responses and in request bodies: what JSON libraries treat differently. None of it may depend on the library.
/// </summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData(""" "Summer" """, "Summer")]
    [InlineData(""" "\u00e9t\u00C9 \/ \\ \" é夏🌞" """, "étÉ / \\ \" é夏🌞")]
    [InlineData(""" "\ud83c\udf1e" """, "🌞")]
    [InlineData(""" "a\ud83c" """, "a\uFFFD")]
    [InlineData(""" "\udf1e" """, "\uFFFD")]
    [InlineData(""" "\ud83c\u0041\uDF1Eb" """, "\uFFFDA\uFFFDb")]
    [InlineData(""" "\ud83c\uD83C\udf1e\udf1e" """, "\uFFFD🌞\uFFFD")]
    [InlineData(""" "\\ud83c\\\\ud83c" """, "\\ud83c\\\\ud83c")]
    [InlineData(""" "a\\\ud83c" """, "a\\\uFFFD")]
    [InlineData("\"two\r\nlines\tand\0\u001b\"", "two  lines and\uFFFD\uFFFD")]
    [InlineData("\"a\u007f\u0085\u2028\uFFFE\"", "a\uFFFD\uFFFD\uFFFD\uFFFE")]
    [InlineData("5", "5")]
    [InlineData("-12345678901234567890123", "-12345678901234567890123")]
    [InlineData("1.5", "1.5")]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    [InlineData("null", "")]
    public async Task A_text_is_read(string json, string name) =>
        Assert.Equal(name, (await OneJobAsync($$"""{"id":"j1","name":{{json}}}""")).Name);

    [Theory]
    [InlineData("5", 5)]
    [InlineData("\"5\"", 5)]
    [InlineData("\" 5 \"", 5)]
    [InlineData("\"5e1\"", 50)]
    [InlineData("5.0", 5)]
    [InlineData("5e2", 500)]
    [InlineData("50E-1", 5)]
    [InlineData("-0", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("1e-400", 0)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("null", null)]
    public async Task A_whole_number_is_read(string json, int? number) =>
        Assert.Equal(number, (await OneJobAsync($$$"""{"id":"j1","parameters":{"number_of_codes":{{{json}}}}}""")).NumberOfCodes);

    [Theory]
    [InlineData("5.5")]
    [InlineData("5e-1")]
    [InlineData("2147483648")]
    [InlineData("12345678901234567890123")]
    [InlineData("1e300")]
    [InlineData("\"\"")]
    [InlineData("\"5,000\"")]
    [InlineData("\"NaN\"")]
    [InlineData("true")]
    [InlineData("{}")]
    public async Task A_value_that_is_no_whole_number_has_the_wrong_type(string json) => Assert.Contains(
        "'number_of_codes' has the wrong type",
        (await Assert.ThrowsAnyAsync<EpPromoException>(
            () => OneJobAsync($$$"""{"id":"j1","parameters":{"number_of_codes":{{{json}}}}}"""))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{}""", "'data' is missing")]
    [InlineData("""{"data":7}""", "'data' has the wrong type")]
    [InlineData("""{"data":[{}]}""", "'job_type' is missing")]
    [InlineData("""{"data":[{"job_type":"t"}]}""", "'status' is missing")]
    [InlineData("""{"data":[{"job_type":"t","status":[]}]}""", "'status' has the wrong type")]
    [InlineData("""{"data":[{"job_type":"t","status":"s"}]}""", "'id' is missing")]
    [InlineData("""{"data":[{"job_type":"t","status":"s","id":"j","meta":{"timestamps":{"created_at":7}}}]}""", "'created_at' has the wrong type")]
    [InlineData("""{"data":[],"meta":{"page":{"limit":{}}}}""", "'limit' has the wrong type")]
    [InlineData("""[]""", "it is not a JSON object")]
    public async Task An_error_names_the_field(string body, string reason) => Assert.Contains(
        reason, (await Assert.ThrowsAsync<EpPromoException>(() => PageAsync(Encoding.UTF8.GetBytes(body)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"id":"j1","name":"a","name":"b"}""")]
    [InlineData("""{"id":"j1","n\u0061me":"b","Name":"c","name ":"d"}""")]
    [InlineData("""{"id":"j1","name":{"a":1},"name":"b"}""")]
    [InlineData("""{"\ud83c":1,"id":"j1","name":"b","name\ud83c":"c"}""")]
    [InlineData("""{"":1,"id":"j1","big":123456789012345678901234567890,"small":1e-999,"name":"b"}""")]
    [InlineData("{\"id\":\"j1\",\"other\":\"\n\",\"name\":\"b\"}")]
    [InlineData("""{"id":"j1",/* a comment */"name":"b",}""")]
    [InlineData("{\"id\":\"j1\", // another\r\n \"list\":[1,2,],\t\"name\":\"b\"}")]
    public async Task The_last_field_of_exactly_that_name_counts(string job) => Assert.Equal("b", (await OneJobAsync(job)).Name);

    [Fact]
    public async Task A_code_keeps_its_control_characters()
    {
        PromotionCode code = await OneCodeAsync("""{"code":"a\u001b\u202eb"}""");

        Assert.Equal(("a\uFFFD\uFFFDb", "a\u001b\u202eb"), (code.Code, code.Text));
    }

    [Theory]
    [InlineData("/* 5\" */")]
    [InlineData("// 5\"\n")]
    [InlineData("// 5\"\r")]
    [InlineData("/**//*/\"*/")]
    public void A_quote_in_a_comment_starts_no_string(string comment) =>
        Assert.Equal("\uFFFD", JsonText.Read(Utf8Text.Of($$"""{{{comment}}"name":"\ud83c"}"""), json => json.Text("name"u8)));

    [Fact]
    public void A_long_row_of_comments_without_an_end_is_rejected_without_searching_each_for_its_end() =>
        Assert.Throws<InvalidResponseException>(
            () => JsonText.Read(Utf8Text.Of(string.Concat(Enumerable.Repeat("/*a", 1_000_000))), json => json.Text("name"u8)));

    [Theory]
    [InlineData("a\\ud83c")]
    [InlineData("a\uFFFD")]
    public async Task Half_a_surrogate_pair_in_a_code_is_sent_back_as_a_replacement_character(string code)
    {
        List<string> bodies = [];
        await using ScriptedOrigin origin = new(TestStore.WithToken(request =>
        {
            bodies.Add(request.Body);
            return request.Method == "DELETE" ? Reply.Empty(204) : Reply.Ok($$"""{"data":[{"code":"{{code}}"}]}""");
        }));
        using TestStore store = new(origin.BaseUri);

        Page<PromotionCode> codes = await store.Api.Codes.ListCodesAsync(Samples.Promotion, null, 0, TestStore.Cancel);
        await store.Api.Codes.DeleteCodesAsync(Samples.Promotion, [codes.Items[0].Text], TestStore.Cancel);

        Assert.Equal("""{"data":{"type":"promotion_codes","codes":[{"code":"a�"}]}}""", bodies[^1]);
    }

    /// <summary>Arrays in <c>x</c>, which is at the third level.</summary>
    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public async Task Nesting_has_a_limit(int arrays, bool isRead)
    {
        Task<Page<PromotionJob>> page = PageAsync(Encoding.UTF8.GetBytes(
            $$$"""{"data":[{"id":"j1","job_type":"t","status":"s","x":{{{new string('[', arrays) + new string(']', arrays)}}} }]}"""));

        if (isRead)
        {
            Assert.Single((await page).Items);
        }
        else
        {
            Assert.Contains("it is not a JSON object", (await Assert.ThrowsAsync<EpPromoException>(() => page)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_byte_order_mark_determines_the_encoding_of_a_response(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);

        Page<PromotionJob> page = await PageAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(PageOf("é夏🌞"))]);

        Assert.Equal("é夏🌞", page.Items[0].Name);
    }

    [Fact]
    public async Task Invalid_UTF_8_is_read_as_replacement_characters()
    {
        string[] parts = PageOf("|").Split('|');

        Page<PromotionJob> page = await PageAsync([.. Encoding.UTF8.GetBytes(parts[0]), 0xC3, (byte)'a', 0xFF, .. Encoding.UTF8.GetBytes(parts[1])]);

        Assert.Equal("\uFFFDa\uFFFD", page.Items[0].Name);
    }

    [Theory]
    [InlineData("\uFEFF\uFEFF{}")]
    [InlineData("{}{}")]
    [InlineData("{},")]
    [InlineData("{}]")]
    [InlineData("{} x")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":\"")]
    [InlineData("{\"a\":\"\\")]
    [InlineData("{\"a\":\"\\ud8")]
    [InlineData("{\"a\":\"\\q\"}")]
    [InlineData("{\"a\":\"\\u12\"}")]
    [InlineData("{\"a\":True}")]
    [InlineData("{\"a\":nul}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("null")]
    [InlineData(" ")]
    public async Task A_body_that_is_no_JSON_object_is_an_invalid_response(string body) => Assert.Contains(
        "it is not a JSON object",
        (await Assert.ThrowsAsync<EpPromoException>(() => PageAsync(Encoding.UTF8.GetBytes(body)))).Message,
        StringComparison.Ordinal);

    /// <summary>Some parsers accept these, but they are not JSON, and no server was seen to send them.</summary>
    [Theory]
    [InlineData("{'data':[]}")]
    [InlineData("{data:[]}")]
    [InlineData("{\"data\":[],\"x\":'a'}")]
    [InlineData("{\"data\":[],\"x\":NaN}")]
    [InlineData("{\"data\":[],\"x\":-Infinity}")]
    [InlineData("{\"data\":[],\"x\":undefined}")]
    [InlineData("{\"data\":[],\"x\":new Date(1)}")]
    [InlineData("{\"data\":[],\"x\":0x1F}")]
    [InlineData("{\"data\":[],\"x\":010}")]
    [InlineData("{\"data\":[],\"x\":.5}")]
    [InlineData("{\"data\":[],\"x\":1.}")]
    [InlineData("{\"data\":[],\"x\":[1,,2]}")]
    [InlineData("{\"data\":[],\"x\":\"it\\'s\"}")]
    [InlineData("\u00A0{\"data\":[]}")]
    [InlineData("{\"data\":[]}\0")]
    public async Task A_body_that_only_lenient_parsers_accept_is_an_invalid_response(string body) => Assert.Equal(
        "UnexpectedResponse", (await Assert.ThrowsAsync<EpPromoException>(() => PageAsync(Encoding.UTF8.GetBytes(body)))).ErrorId);

    [Fact]
    public async Task A_body_is_sent_without_unnecessary_escapes()
    {
        string name = "é夏🌞 <>&'+/\u037E\uA7F2";
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Json(201, Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Jobs.CreateJobAsync(
            Samples.Promotion, Samples.Generate with { Name = name + "\"\\", CodePrefix = "é-" }, TestStore.Cancel);

        string body = """{"data":{"type":"promotion_job","job_type":"code_generate","name":"<name>\"\\","parameters":{"number_of_codes":100,"code_prefix":"é-"}}}"""
            .Replace("<name>", name, StringComparison.Ordinal);
        Assert.Equal(body, origin.Calls.Single().Body);
        Assert.Contains(store.Lines, line => line.EndsWith(" sends " + body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Codes_are_sent_back_unchanged()
    {
        string[] codes = ["a\"\\/b", "\0\b\t\n\f\r\u001b\u007f", "\u0085\u00a0\u2028\u2029\uFEFF\uFFFE", "é夏🌞\u0378\uE000", "\ud83c"];
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Empty(204)));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Codes.DeleteCodesAsync(Samples.Promotion, codes, TestStore.Cancel);

        Assert.Equal(
            """{"data":{"type":"promotion_codes","codes":[{"code":"a\"\\/b"},{"code":"\u0000\b\t\n\f\r\u001b"""
            + "\u007f\"},{\"code\":\"\\u0085\u00a0\\u2028\\u2029\uFEFF\uFFFE\"},{\"code\":\"é夏🌞\u0378\uE000\"},{\"code\":\"\uFFFD\"}]}}",
            origin.Calls.Single().Body);
    }

    private static string PageOf(string name) => $$"""{"data":[{"id":"j1","job_type":"t","status":"s","name":"{{name}}"}]}""";

    private static async Task<PromotionJob> OneJobAsync(string job)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(request =>
            request.Method == "POST" ? Reply.Json(201, $$"""{"data":{{job}}}""") : Reply.Ok("""{"data":[]}""")));
        using TestStore store = new(origin.BaseUri);
        return await store.Api.Jobs.CancelJobAsync(Samples.Promotion, "j1", TestStore.Cancel);
    }

    private static async Task<PromotionCode> OneCodeAsync(string code)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok($$"""{"data":[{{code}}]}""")));
        using TestStore store = new(origin.BaseUri);
        return (await store.Api.Codes.ListCodesAsync(Samples.Promotion, null, 0, TestStore.Cancel)).Items.Single();
    }

    private static async Task<Page<PromotionJob>> PageAsync(byte[] body)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Binary(200, "application/json", body)));
        using TestStore store = new(origin.BaseUri);
        return await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);
    }
}
