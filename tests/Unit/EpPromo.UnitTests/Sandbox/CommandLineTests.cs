using System.CommandLine;
using EpPromo.Sandbox;
using EpPromo.Sandbox.CommandLine;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>The command line sets the options that the sandbox is started with.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Without_arguments_the_options_have_their_defaults()
    {
        SandboxOptions defaults = new();

        // Records compare lists by reference.
        Assert.Empty(Read().Faults);
        Assert.Equal(defaults, Read() with { Faults = defaults.Faults, ExportColumns = defaults.ExportColumns });
    }

    [Fact]
    public void Durations_are_accepted_in_every_form()
    {
        SandboxOptions options = Read(
            "--job-base", "5m", "--per-code", "1.5s", "--write-time", "200ms", "--token-lifetime", "1h", "--link-lifetime", "00:00:02");

        Assert.Equal(TimeSpan.FromMinutes(5), options.BaseJobDuration);
        Assert.Equal(TimeSpan.FromSeconds(1.5), options.DurationPerCode);
        Assert.Equal(TimeSpan.FromMilliseconds(200), options.WriteDuration);
        Assert.Equal(TimeSpan.FromHours(1), options.TokenLifetime);
        Assert.Equal(TimeSpan.FromSeconds(2), options.LinkLifetime);
    }

    [Fact]
    public void Undocumented_behavior_can_be_changed()
    {
        SandboxOptions options = Read("--concurrent-jobs", "8", "--cancelling-frees");

        Assert.Equal((8, false), (options.ConcurrentJobs, options.CancellingJobBlocksNewJob));
    }

    [Theory]
    [InlineData("--write-time", "2", "'2' is not a duration")]
    [InlineData("--write-time", "-1s", "'-1s' is not a duration")]
    [InlineData("--port", "70000", "'70000' is not a whole number")]
    public void An_invalid_value_is_reported(string name, string value, string problem)
    {
        (CommandLineOptions switches, ParseResult parsed) = Parse(name, value);

        Assert.Contains(problem, Assert.Single(switches.Validate(parsed)), StringComparison.Ordinal);
    }

    private static SandboxOptions Read(params string[] args)
    {
        (CommandLineOptions switches, ParseResult parsed) = Parse(args);
        Assert.Empty(switches.Validate(parsed));
        return switches.Read(parsed);
    }

    private static (CommandLineOptions Options, ParseResult Parsed) Parse(params string[] args)
    {
        var switches = new CommandLineOptions();
        var command = new RootCommand();
        switches.AddTo(command);
        return (switches, command.Parse(args));
    }
}
