using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EpPromo.Sandbox.Hosting;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.CommandLine;

/// <summary>The options of the command line, and the <see cref="SandboxOptions"/> that they specify.</summary>
internal sealed class CommandLineOptions
{
    private static readonly SandboxOptions s_default = new();

    private readonly Option<int> _port =
        Integer("--port", "The port of the API; 0 for any free port.", s_default.Port, 0, ushort.MaxValue);
    private readonly Option<int> _filesPort =
        Integer("--files-port", "The port of the file host; 0 for any free port.", s_default.FilesPort, 0, ushort.MaxValue);
    private readonly Option<string> _listen =
        Text("--listen", "The IP address to listen on; other machines can connect unless it is a loopback address.", s_default.Listen);
    private readonly Option<string> _clientId = Text("--client-id", "The client id to accept.", s_default.ClientId);
    private readonly Option<string> _clientSecret = Text("--client-secret", "The client secret to accept.", s_default.ClientSecret);
    private readonly Option<TimeSpan> _jobBase = Time("--job-base", "How long every job takes.", s_default.BaseJobDuration);
    private readonly Option<TimeSpan> _perCode =
        Time("--per-code", "How much longer a job takes for each code.", s_default.DurationPerCode);
    private readonly Option<TimeSpan> _writeTime =
        Time("--write-time", "How long a write takes; another write to the promotion in that time gets 409.", s_default.WriteDuration);
    private readonly Option<int> _concurrentJobs =
        Integer("--concurrent-jobs", "How many jobs the store processes at once; the others are pending.", s_default.ConcurrentJobs, 1);
    private readonly Option<bool> _cancellingFrees =
        new("--cancelling-frees") { Description = "A cancelling job does not block a new job of its promotion." };
    private readonly Option<int> _codesPerPromotion = Integer(
        "--codes-per-promotion",
        "The maximum number of codes of a promotion; seed promotions have their own limits.",
        s_default.CodesPerPromotion,
        0);
    private readonly Option<int> _requestsPerSecond = Integer(
        "--requests-per-second",
        "How many requests are accepted in any one second before 429; 0 for no limit.",
        s_default.RequestsPerSecond,
        0);
    private readonly Option<TimeSpan> _tokenLifetime = Time("--token-lifetime", "How long a token is valid.", s_default.TokenLifetime);
    private readonly Option<TimeSpan> _linkLifetime =
        Time("--link-lifetime", "How long a link to a file is valid.", s_default.LinkLifetime);
    private readonly Option<int> _seed = Integer("--seed", "The seed of ids and codes.", s_default.Seed, 0);
    private readonly Option<bool> _noSeedData = new("--no-seed-data") { Description = "Starts without promotions." };

    private readonly Option<FaultRule[]> _faults = new("--fault")
    {
        Description = "A fault to inject, such as \"endpoint=job-create action=drop-after probability=0.2\"; can be repeated.",
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

        _listen.Validators.Add(ValidateAddress);
    }

    /// <summary>The errors in a command line; empty if it is valid.</summary>
    public IReadOnlyList<string> Validate(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0)
        {
            return [.. parsed.Errors.Select(error => error.Message)];
        }

        return parsed.GetValue(_port) is > 0 and int port && port == parsed.GetValue(_filesPort)
            ? ["--port and --files-port must differ: the file host must be another origin than the API."]
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
        catch (FormatException exception)
        {
            result.AddError($"--fault: {exception.Message}");
            return [];
        }
    }

    private static TimeSpan ReadDuration(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Duration.TryParse(text, out TimeSpan duration))
        {
            result.AddError($"'{text}' is not a duration. Use a form such as 200ms, 2s, 5m, 1h or 00:00:02.");
        }

        return duration;
    }

    private static void ValidateAddress(OptionResult result)
    {
        string? text = result.GetValueOrDefault<string>();
        if (!ListenAddress.TryParse(text, out _))
        {
            result.AddError($"'{text}' is not an IP address.");
        }
    }

    private static Option<string> Text(string name, string description, string defaultValue) => new(name)
    {
        Description = description,
        HelpName = "text",
        DefaultValueFactory = _ => defaultValue,
    };

    private static Option<int> Integer(string name, string description, int defaultValue, int min, int max = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < min || number > max)
            {
                string range = max == int.MaxValue ? $"of at least {min}" : $"from {min} to {max}";
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not a whole number {range}."));
            }

            return number;
        },
    };

    private static Option<TimeSpan> Time(string name, string description, TimeSpan defaultValue) => new(name)
    {
        Description = description,
        HelpName = "duration",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = ReadDuration,
    };
}
