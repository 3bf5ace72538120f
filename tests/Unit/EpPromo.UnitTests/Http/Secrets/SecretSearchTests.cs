using System.Globalization;
using System.Text;
using EpPromo.Http.Secrets;

namespace EpPromo.UnitTests.Http.Secrets;

/// <summary>The fast search that decides whether a response has to be redacted: it must find a secret in every form that is redacted.</summary>
public class SecretSearchTests
{
    private const string Characters = "abcdeEFGxyz0189-_.+/= %\\\"é";

    [Fact]
    public void A_secret_is_found_in_every_form_that_is_redacted()
    {
        for (int seed = 1; seed <= 5000; seed++)
        {
            Random random = new(seed);
            string secret = new([.. Enumerable.Range(0, random.Next(8, 30)).Select(_ => Characters[random.Next(Characters.Length)])]);
            string text = $"{{\"name\":\"before {string.Concat(secret.Select(c => Encode(c, random)))} after\"}}";
            SecretRedactor redactor = new(secret);

            Assert.DoesNotContain(secret, redactor.Redact(text), StringComparison.Ordinal);
            Assert.True(redactor.Redact(text) == text || redactor.MayBeIn(Encoding.UTF8.GetBytes(text)), $"Seed {seed}: {secret} in {text}");
        }
    }

    [Fact]
    public void Other_texts_are_not_redacted()
    {
        SecretRedactor redactor = new("eyJhbGciOiJIUzI1NiJ9.secret");

        Assert.False(redactor.MayBeIn(Encoding.UTF8.GetBytes("""{"name":"50 % off \"zz\" \u00e9","id":"j1","href":"https:\/\/store.example\/jq"}""")));
        Assert.False(redactor.MayBeIn([]));
    }

    private static string Encode(char c, Random random)
    {
        string plain = random.Next(2) == 0 ? c.ToString() : char.ToUpperInvariant(c).ToString();
        string percent = string.Concat(Encoding.UTF8.GetBytes(c.ToString()).Select(part => "%" + part.ToString("x2", CultureInfo.InvariantCulture)));
        return random.Next(12) switch
        {
            0 => $"\\u{(int)c:x4}",
            1 => percent,
            2 => string.Concat(percent.Select(part => $"\\u{(int)part:X4}")),
            3 when c is '"' or '\\' or '/' => "\\" + c,
            4 when c == ' ' => "+",
            _ => plain,
        };
    }
}
