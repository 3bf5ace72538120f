using System.Collections;

namespace EpPromo.UnitTests.Http.Secrets;

/// <summary>Asserts that no text that is shown contains a secret, as it is or escaped.</summary>
internal static class SecretAssert
{
    /// <summary>A token whose characters are escaped in JSON or URLs.</summary>
    public const string EscapedToken = "abc+def/ghi==token";

    private static readonly string[] s_secrets =
    [
        TestStore.Bearer, TestStore.ClientSecret, "client%2Bsecret%2F1%3D", @"client\u002Bsecret\/1=", "signed-secret",
        EscapedToken, "abc%2Bdef%2Fghi%3D%3Dtoken", @"abc\u002Bdef\/ghi==token", @"abc\\u002Bdef\\/ghi==token", "def/ghi", "def%2fghi", "ghi==token",
    ];

    /// <summary>Asserts it for an error with its causes, and for lines.</summary>
    public static void NotIn(Exception? error, IEnumerable<string> lines)
    {
        List<string> shown = [.. lines];
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            shown.Add(at.ToString());
            shown.AddRange(at.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"));
            shown.Add(at is EpPromoException ours ? ours.RecommendedAction : "");
        }

        Assert.All(shown, text => Assert.All(s_secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }
}
