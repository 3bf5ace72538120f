using EpPromo.Documents;
using EpPromo.Http.Documents;

namespace EpPromo.UnitTests.Http.Documents;

/// <summary>Documents that people write, as values.</summary>
public class DocumentReaderTests
{
    private readonly DocumentReader _reader = new();

    [Theory]
    [InlineData("a: 1\nb: [true, ~, 'true', 1.50, 1e2]\nc: { d: \"x\\n\" }", """{"a":1,"b":[true,null,"true",1.50,100],"c":{"d":"x\n"}}""")]
    [InlineData("- 2027-06-01\n- 2027-06-01T00:00:00Z\n- 1_000\n- 0o7\n- yes\n- .5\n- -3", """["2027-06-01","2027-06-01T00:00:00Z","1_000","0o7","yes",0.5,-3]""")]
    [InlineData("a: &x [1]\nb: *x", """{"a":[1],"b":[1]}""")]
    [InlineData("a: |\n  two\n  lines\n", """{"a":"two\nlines\n"}""")]
    [InlineData("a:\nb: ''", """{"a":null,"b":""}""")]
    [InlineData("", "null")]
    [InlineData("# nothing", "null")]
    public void Yaml_has_the_types_of_its_core_schema(string yaml, string json) => Assert.Equal(json, DocumentJson.Of(_reader.ReadYaml(yaml)));

    [Theory]
    [InlineData("a: [1", "line ")]
    [InlineData("a: 1\na: 2", "line ")]
    [InlineData("a: 1\n---\nb: 2", "it has 2 documents")]
    [InlineData("a: *x", "line ")]
    public void What_is_not_yaml_is_an_error_that_says_where(string yaml, string error) =>
        Assert.StartsWith(error, Assert.Throws<FormatException>(() => _reader.ReadYaml(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void References_cannot_stand_for_billions_of_values()
    {
        string yaml = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Contains("more than 1000000 values", Assert.Throws<FormatException>(() => _reader.ReadYaml(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_yaml_that_is_too_deep_is_an_error_that_says_where()
    {
        string yaml = string.Concat(Enumerable.Range(0, 70).Select(level => new string(' ', level) + "a:\n"));

        Assert.Equal("line 66: it has too many levels, or contains itself", Assert.Throws<FormatException>(() => _reader.ReadYaml(yaml)).Message);
    }

    [Theory]
    [InlineData("""{ "a": 1, /* c */ "b": [1.50, 12345678901234567890, 1e300, null], }""", """{"a":1,"b":[1.50,12345678901234567890,""")]
    [InlineData("\"x\"", "\"x\"")]
    public void Json_keeps_its_numbers(string json, string start) =>
        Assert.StartsWith(start, DocumentJson.Of(_reader.ReadJson(json)), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_json_is_an_error() => Assert.All(
        ["{", "[1e400]"], text => Assert.Throws<FormatException>(() => _reader.ReadJson(text)));
}
