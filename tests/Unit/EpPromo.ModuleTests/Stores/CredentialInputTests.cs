using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Stores;

/// <summary>Characters that a secret picks up from a file or a variable are an error before it is sent, and the error does not reveal the secret.</summary>
public sealed class CredentialInputTests
{
    private const string Secret = "s3cret-Value";

    public static TheoryData<string, string, string, string> DirtySecrets()
    {
        TheoryData<string, string, string, string> secrets = [];
        foreach ((string text, string expected) in new[]
        {
            (Secret + "\n", "line break at its end"), (Secret + "\r\n", "line break at its end"), (Secret + " ", "white space at its start or end"), ("\t" + Secret, "white space at its start or end"),
            (Secret + "\u00a0", "white space at its start or end"), ("s3cret\u0007-Value", "control character"), ("\ufeff" + Secret, "another invisible character"), ("s3cret\n-Value", "control character"),
        })
        {
            secrets.Add("-ClientId a -ClientSecret $secret", text, expected, "BadClientSecret");
            secrets.Add("-Credential ([pscredential]::new('a', $secret))", text, expected, "BadClientSecret");
            secrets.Add("-AccessToken $secret", text, expected, "BadAccessToken");
        }

        return secrets;
    }

    [Theory]
    [MemberData(nameof(DirtySecrets), DisableDiscoveryEnumeration = true)]
    public async Task A_secret_with_invisible_or_surrounding_characters_is_rejected_before_it_is_sent(string credential, string text, string expected, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = session.Run(
            $"$secret = [securestring]::new(); foreach ($c in $args[1].ToCharArray()) {{ $secret.AppendChar($c) }}; Connect-EpStore -BaseUri $args[0] {credential}",
            sandbox.BaseUri.ToString(), text);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("cret-Val", error + error.ErrorDetails.RecommendedAction + error.Exception, StringComparison.Ordinal);
        Assert.Empty(sandbox.Requests);
    }

    [Theory]
    [InlineData(" a")]
    [InlineData("a\n")]
    [InlineData("a b")]
    [InlineData("a\u200b")]
    public async Task A_client_id_with_such_characters_is_rejected_before_it_is_sent(string id)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = new();

        RunResult result = session.Run(
            "$secret = [securestring]::new(); $secret.AppendChar('x'); Connect-EpStore -BaseUri $args[0] -ClientId $args[1] -ClientSecret $secret",
            sandbox.BaseUri.ToString(), id);

        Assert.StartsWith("BadClientId,", result.ErrorIds.Single());
        Assert.Empty(sandbox.Requests);
    }

    [Fact]
    public async Task A_secret_from_the_environment_is_checked_like_a_parameter()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        using ChildProcess engine = SandboxScript.Start(
            sandbox, Path.GetTempPath(),
            """
            Import-Module $args[0]
            $env:EPCC_CLIENT_SECRET += "`n"
            try { Get-EpPromotion -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
            """,
            RepositoryFolder.Manifest);

        Assert.StartsWith("BadClientSecret,", await engine.ReadNextLineAsync(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Requests);
    }
}
