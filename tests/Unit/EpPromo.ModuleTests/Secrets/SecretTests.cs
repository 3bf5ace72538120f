using System.Management.Automation;
using System.Web;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Secrets;

/// <summary>
/// The client secret, tokens and signatures never appear in what a session shows, keeps or passes on: objects, errors with their inner
/// exceptions, every stream, the screen, and serialized objects, whatever the outcome of the calls.
/// </summary>
public sealed class SecretTests : IDisposable
{
    private const string ClientSecret = "s3cret+of/the=client";
    private const string WrongSecret = "wr0ng+s3cret/of=nobody";
    private const string GivenToken = "t0ken-that-a-user-supplied";

    /// <summary>Value of a fault rule: it is in double quotes and cannot contain any.</summary>
    private const string ErrorWithToken = $"\"{{'access_token':'{GivenToken}'}}\"";

    /// <summary>The client secret in JSON escapes, and as form data.</summary>
    private const string ErrorWithSecret = "\"{'error':'no','error_description':'s3cret\\u002Bof\\/the=client is wrong'}\"";
    private const string ErrorWithForm = "\"{'error':'no','error_description':'cannot read s3cret%2bof%2Fthe%3Dclient'}\"";

    /// <summary>The default depth of Export-Clixml; remoting serializes less.</summary>
    private const int SerializedDepth = 2;

    private const string AllCommands =
        """
        Get-EpStore
        Get-EpPromotion
        $job = Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 3 | Wait-EpPromotionJob
        $job
        $job | Export-EpPromotionCode -Path $args[0]
        Get-EpPromotion | New-EpPromotionJob -Export | Wait-EpPromotionJob | Receive-EpPromotionJob
        Get-EpPromotion | Request-EpPromotionCode -Count 5
        Get-EpPromotion | Get-EpPromotionJob | Stop-EpPromotionJob -Force
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    /// <summary>A fault and the error that it leads to.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "action=status times=0", "JobNotCancellable" },
        { "endpoint=job-* action=status status=401", "LoginRefused" },
        { "endpoint=job-list action=revoke-tokens", "LoginRefused" },
        { "endpoint=job-create action=status status=403", "Forbidden" },
        { "endpoint=job-create action=status status=400", "RequestRefused" },
        { "endpoint=job-* action=status status=501", "CreateUncertain" },
        { "endpoint=job-* action=drop-after", "CreateUncertain" },
        { "endpoint=job-* action=malformed", "CreateUncertain" },
        { "endpoint=job-* action=wrong-types", "CreateUncertain" },
        { "endpoint=job-* action=redirect", "CreateUncertain" },
        { "endpoint=job-* action=stall-headers", "CreateUncertain" },
        { "endpoint=job-file action=status status=502", "ServerError" },
        { "endpoint=job-file action=malformed", "UnexpectedResponse" },
        { "endpoint=download action=status status=403", "DownloadFailed" },
        { "endpoint=download action=truncate", "DownloadFailed" },
        { "endpoint=download action=redirect", "DownloadFailed" },
        { "endpoint=token action=status status=500", "ServerError" },
        { "endpoint=token action=status status=502 after=true text=" + ErrorWithToken, "ServerError" },
        { "endpoint=token action=malformed", "UnexpectedResponse" },
        { "endpoint=token action=redirect", "UnexpectedResponse" },
        { "endpoint=token action=status status=401 text=" + ErrorWithSecret, "LoginRefused" },
        { "endpoint=token action=status status=400 text=" + ErrorWithForm, "LoginRefused" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task No_secret_is_shown_whatever_the_outcome_of_a_job(string fault, string errorId)
    {
        await using SandboxServer sandbox = await StartAsync();
        sandbox.Faults.Add(fault);
        RecordingHost host = new(200);
        using ModuleSession session = new(host);
        PSObject store = FastTimeoutStore.Open(session, sandbox, callSeconds: 1, windowSeconds: 0.3);

        RunResult result = session.Run(
            "$PSDefaultParameterValues = @{ '*-Ep*:Store' = $args[1]; '*-Ep*:Verbose' = $true; '*-Ep*:Debug' = $true }\n" + AllCommands, _folder, store);

        Assert.Contains(result.ErrorIds, id => id.StartsWith(errorId, StringComparison.Ordinal));
        AssertHidden(session, host, sandbox, result);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("-ClientId $args[1] -ClientSecret (Secret $args[3])", "LoginRefused")]
    [InlineData("-Credential ([pscredential]::new($args[1], (Secret $args[3])))", "LoginRefused")]
    [InlineData("-Credential ([pscredential]::new($args[1], (Secret $args[2])))", "")]
    [InlineData("-AccessToken (Secret $args[4])", "AccessTokenExpired")]
    [InlineData("-ClientId $args[1] -ClientSecret (Secret $args[2]) -Region EUWest", "RegionAndBaseUri")]
    [InlineData("-ClientId $args[1] -ClientSecret $args[3]", "CannotConvertArgument")]
    public async Task No_secret_is_shown_whatever_the_outcome_of_connecting(string credentials, string errorId)
    {
        await using SandboxServer sandbox = await StartAsync();
        RecordingHost host = new(200);
        using ModuleSession session = new(host);

        RunResult result = session.Run(
            $$"""
            function Secret($text) { $secret = [securestring]::new(); foreach ($c in $text.ToCharArray()) { $secret.AppendChar($c) }; $secret }
            $credentials = if ('{{credentials.Length}}' -eq '0') { @{ ClientId = $args[1]; ClientSecret = (Secret $args[2]) } } else { @{} }
            Connect-EpStore -BaseUri $args[0] @credentials {{credentials}} -PassThru -Verbose -Debug

            # Sends the token to the store, where the test can read it.
            if ($?) { Get-EpPromotion }
            """,
            sandbox.BaseUri.ToString(), sandbox.Options.ClientId, ClientSecret, WrongSecret, GivenToken);

        Assert.Equal(errorId.Length > 0 ? 1 : 0, result.Errors.Count);
        Assert.All(result.ErrorIds, id => Assert.Contains(errorId, id, StringComparison.Ordinal));
        AssertHidden(session, host, sandbox, result);
    }

    private static async Task<SandboxServer> StartAsync()
    {
        SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { ClientSecret = ClientSecret });
        sandbox.Store.AddPromotion("One");
        return sandbox;
    }

    private static void AssertHidden(ModuleSession session, RecordingHost host, SandboxServer sandbox, RunResult result)
    {
        RunResult kept = session.Run("$Error; (Get-EpStore -ErrorAction Ignore)");
        object[] all = [.. result.Output, .. result.Errors, .. kept.Output, .. kept.Errors];
        using (PowerShell show = session.NewShell("$args[0] | Out-Default", [all]))
        {
            show.Invoke();
        }

        string[] texts =
        [
            .. VisibleText.Of(all), .. all.Where(IsSerializable).Select(item => PSSerializer.Serialize(item, SerializedDepth)), host.Screen,
            .. result.Verbose, .. result.Debug, .. result.Warnings, .. result.Progress.Select(record => record.ToString()),
        ];
        Assert.True(host.Screen.Length > 0 && texts.Length > 20, "There is too little text to search.");

        // Redirects and links lead to the other origin. Neither may carry the token, and no API request may go there.
        Assert.All(
            sandbox.Requests.Where(request => request.Origin != "api"),
            request =>
            {
                Assert.DoesNotContain("Authorization", request.Headers.Keys);
                Assert.DoesNotContain("/v2/", request.PathAndQuery, StringComparison.Ordinal);
                Assert.DoesNotContain("/oauth/", request.PathAndQuery, StringComparison.Ordinal);
            });
        foreach (string secret in SecretsOf(sandbox))
        {
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Files are left out: they would be serialized with their folder, their drive and so on.</summary>
    private static bool IsSerializable(object item) => item is not PSObject { BaseObject: FileSystemInfo };

    /// <summary>The secrets of the test and those that the store has issued, in every form in which they were sent.</summary>
    private static HashSet<string> SecretsOf(SandboxServer sandbox)
    {
        HashSet<string> secrets = [ClientSecret, WrongSecret, GivenToken, "Authorization:", "client_secret="];
        secrets.UnionWith(secrets.Select(HttpUtility.UrlEncode).ToArray()!);
        secrets.UnionWith(secrets.Select(secret => HttpUtility.JavaScriptStringEncode(secret).Replace("/", "\\/", StringComparison.Ordinal)).ToArray());
        secrets.Add("s3cret\\u002Bof");
        foreach (RecordedRequest request in sandbox.Requests)
        {
            if (request.Headers.TryGetValue("Authorization", out string? bearer))
            {
                secrets.Add(bearer);
                secrets.Add(bearer["Bearer ".Length..]);
            }

            if (HttpUtility.ParseQueryString(request.PathAndQuery.Split('?', 2)[^1])["Signature"] is { Length: > 0 } signature)
            {
                secrets.Add(signature);
            }
        }

        return secrets;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
