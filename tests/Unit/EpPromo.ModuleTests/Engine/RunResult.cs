using System.Management.Automation;

namespace EpPromo.ModuleTests.Engine;

/// <summary>The output and the streams of a script that has ended.</summary>
internal sealed class RunResult
{
    public RunResult(IEnumerable<PSObject> output, PSDataStreams streams, ErrorRecord? terminating)
    {
        Output = [.. output];
        Terminating = terminating;
        Errors = [.. streams.Error, .. terminating is null ? Array.Empty<ErrorRecord>() : [terminating]];
        Warnings = [.. streams.Warning.Select(warning => warning.Message)];
        Verbose = [.. streams.Verbose.Select(line => line.Message)];
        Debug = [.. streams.Debug.Select(line => line.Message)];
        Progress = [.. streams.Progress];
    }

    public IReadOnlyList<PSObject> Output { get; }

    /// <summary>The error records; a terminating one is last.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; }

    public ErrorRecord? Terminating { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Verbose { get; }

    public IReadOnlyList<string> Debug { get; }

    public IReadOnlyList<ProgressRecord> Progress { get; }

    public IReadOnlyList<string> ErrorIds => [.. Errors.Select(error => error.FullyQualifiedErrorId)];

    public RunResult ThrowIfFailed()
    {
        Assert.True(Errors.Count == 0, string.Join(Environment.NewLine, Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")));
        return this;
    }

    /// <summary>A property of each output object, as text.</summary>
    public IReadOnlyList<string?> Values(string property) => [.. Output.Select(item => item.Properties[property]?.Value?.ToString())];
}
