using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EpPromo.Sandbox.Hosting;

namespace EpPromo.Sandbox.CommandLine;

/// <summary>The switches of the command line, and the options they make.</summary>
internal sealed class SandboxSwitches
{
    private static readonly SandboxOptions Default = new();

    private readonly Option<int> _port = Number("--port", "Port of the API; 0 takes a free one.", Default.Port, 0, ushort.MaxValue);
    private readonly Option<int> _filesPort =
        Number("--files-port", "Port of the file host; 0 takes a free one.", Default.FilesPort, 0, ushort.MaxValue);
    private readonly Option<string> _listen =
        Text("--listen", "Address to listen on; anything but loopback lets others in.", Default.Listen);
    private readonly Option<string> _clientId = Text("--client-id", "Client id to accept.", Default.ClientId);
    private readonly Option<string> _clientSecret = Text("--client-secret", "Client secret to accept.", Default.ClientSecret);
    private readonly Option<TimeSpan> _jobBase = Time("--job-base", "What every job takes.", Default.BaseJobDuration);
    private readonly Option<TimeSpan> _perCode = Time("--per-code", "What each code adds to that.", Default.DurationPerCode);
    private readonly Option<TimeSpan> _writeTime =
        Time("--write-time", "What a write takes; a second one to its promotion meanwhile gets 409.", Default.WriteDuration);
    private readonly Option<int> _concurrentJobs =
        Number("--concurrent-jobs", "Jobs at once in the whole store; the rest are pending.", Default.ConcurrentJobs, 1);
    private readonly Option<bool> _cancellingFrees =
        new("--cancelling-frees") { Description = "A job that is cancelling does not block a new one on its promotion." };
    private readonly Option<int> _codesPerPromotion =
        Number(
            "--codes-per-promotion", "Codes that a promotion may hold; seeded ones have their own limits.", Default.CodesPerPromotion, 0);
    private readonly Option<int> _requestsPerSecond =
        Number("--requests-per-second", "Requests in any second before 429; 0 is without limit.", Default.RequestsPerSecond, 0);
    private readonly Option<TimeSpan> _tokenLifetime = Time("--token-lifetime", "How long a token lives.", Default.TokenLifetime);
    private readonly Option<TimeSpan> _linkLifetime =
        Time("--link-lifetime", "How long a link to a file lives, in whole seconds.", Default.LinkLifetime);
    private readonly Option<int> _seed = Number("--seed", "What ids and codes are derived from.", Default.Seed, 0);
    private readonly Option<bool> _noSeedData = new("--no-seed-data") { Description = "Start without promotions." };

    private readonly Option<FaultRule[]> _faults = new("--fault")
    {
        Description = "What goes wrong, such as \"endpoint=job-create action=drop-after probability=0.2\"; can be given several times.",
        HelpName = "rule",
        DefaultValueFactory = _ => [],
        CustomParser = ReadFaults,
    };

    public void AddTo(RootCommand command)
    {
        Option[] all =
        [
            _port, _filesPort, _listen, _clientId, _clientSecret, _jobBase, _perCode, _writeTime, _concurrentJobs,
            _cancellingFrees, _codesPerPromotion, _requestsPerSecond, _tokenLifetime, _linkLifetime, _seed, _noSeedData, _faults,
        ];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }

        _listen.Validators.Add(CheckAddress);
    }

    /// <summary>What is wrong, nothing if all is well.</summary>
    public IReadOnlyList<string> Problems(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0)
        {
            return [.. parsed.Errors.Select(error => error.Message)];
        }

        return parsed.GetValue(_port) is > 0 and int port && port == parsed.GetValue(_filesPort)
            ? ["--port and --files-port must differ: files lie on another origin than the API."]
            : [];
    }

    public SandboxOptions Read(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(_port),
        FilesPort = parsed.GetValue(_filesPort),
        Listen = parsed.GetRequiredValue(_listen),
        ClientId = parsed.GetRequiredValue(_clientId),
        ClientSecret = parsed.GetRequiredValue(_clientSecret),
        BaseJobDuration = parsed.GetValue(_jobBase),
        DurationPerCode = parsed.GetValue(_perCode),
        WriteDuration = parsed.GetValue(_writeTime),
        ConcurrentJobs = parsed.GetValue(_concurrentJobs),
        CancellingJobBlocksNewJob = !parsed.GetValue(_cancellingFrees),
        CodesPerPromotion = parsed.GetValue(_codesPerPromotion),
        RequestsPerSecond = parsed.GetValue(_requestsPerSecond),
        TokenLifetime = parsed.GetValue(_tokenLifetime),
        LinkLifetime = parsed.GetValue(_linkLifetime),
        Seed = parsed.GetValue(_seed),
        IncludeSeedData = !parsed.GetValue(_noSeedData),
        Faults = parsed.GetValue(_faults) ?? [],
    };

    private static FaultRule[] ReadFaults(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.Select(token => FaultRule.Parse(token.Value))];
        }
        catch (FormatException problem)
        {
            result.AddError($"--fault: {problem.Message}");
            return [];
        }
    }

    private static void CheckAddress(OptionResult result)
    {
        string? text = result.GetValueOrDefault<string>();
        if (!ListenAddress.TryParse(text, out _))
        {
            result.AddError($"'{text}' is not an IP address to listen on.");
        }
    }

    private static Option<string> Text(string name, string description, string value) => new(name)
    {
        Description = description,
        HelpName = "text",
        DefaultValueFactory = _ => value,
    };

    private static Option<int> Number(string name, string description, int value, int lowest, int highest = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < lowest || number > highest)
            {
                string range = highest == int.MaxValue ? $"of at least {lowest}" : $"from {lowest} to {highest}";
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not a whole number {range}."));
            }

            return number;
        },
    };

    private static Option<TimeSpan> Time(string name, string description, TimeSpan value) => new(name)
    {
        Description = description,
        HelpName = "duration",
        DefaultValueFactory = _ => value,
        CustomParser = Duration.Read,
    };
}
