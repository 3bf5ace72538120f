using System.CommandLine;
using EpPromo.Sandbox;
using EpPromo.Sandbox.CommandLine;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>What is typed is what the sandbox is started with.</summary>
public sealed class SwitchTests
{
    [Fact]
    public void Without_switches_the_defaults_hold()
    {
        SandboxOptions usual = new();

        // Lists are equal only to themselves.
        Assert.Empty(Read().Faults);
        Assert.Equal(usual, Read() with { Faults = usual.Faults, ExportColumns = usual.ExportColumns });
    }

    [Fact]
    public void Times_are_typed_as_people_write_them()
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
    public void What_is_not_known_of_a_store_is_turned_the_other_way()
    {
        SandboxOptions options = Read("--concurrent-jobs", "8", "--cancelling-frees");

        Assert.Equal((8, false), (options.ConcurrentJobs, options.CancellingJobBlocksNewJob));
    }

    [Theory]
    [InlineData("--write-time", "2", "'2' is not a duration")]
    [InlineData("--write-time", "-1s", "'-1s' is not a duration")]
    [InlineData("--port", "70000", "'70000' is not a whole number")]
    public void What_makes_no_sense_is_named(string name, string value, string problem)
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
