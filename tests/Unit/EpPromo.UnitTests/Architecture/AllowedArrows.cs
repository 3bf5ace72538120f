namespace EpPromo.UnitTests.Architecture;

/// <summary>
/// Which folder of an assembly may use which. All arrows of a table point down: a folder uses only folders in lines below its own, so
/// there is no cycle. <c>Jobs.Creation</c> is the folder <c>Jobs/Creation</c>; <c>(root)</c> is the folder of the project file.
/// </summary>
internal static class AllowedArrows
{
    public const string EpPromo = """
        Reports        → Runs.Finding, Runs, Usages, Promotions, Jobs, Api, Errors, Text
        Sync           → Runs.Planning, Runs, Stores, Promotions, Jobs, Api, Documents, Concurrency, Errors, Text
        Runs.Watching  → Runs.Finding, Runs, Promotions, Jobs, Api, Concurrency, Errors, Time, Text
        Runs.Finding   → Runs, Stores, Promotions, Jobs, Api, Concurrency, Errors, Text
        Runs.Planning  → Runs.Execution, Runs, Stores, Codes, Jobs.Waiting, Jobs, Api, Errors, Text
        Runs.Progress  → Runs.Execution, Runs, Jobs, Text
        Runs.Execution → Runs, Stores, Codes.Changes, Codes, Jobs.Creation, Jobs.Waiting, Jobs, Api, Concurrency, Errors, Time, Text
        Runs           → Codes.Exports, Codes, Promotions, Jobs, Api, Errors, Text
        Stores         → Usages, Codes.Changes, Codes, Promotions, Jobs.Creation, Jobs, Api, Concurrency, Errors, Time, Text
        Codes.Changes  → Codes, Promotions, Jobs.Creation, Api, Errors, Time, Text
        Codes.Exports  → Codes, Jobs.Creation, Jobs.Waiting, Jobs, Api, Errors, Time, Text
        Usages         → Codes, Jobs, Api, Errors, Time, Text
        Codes          → Jobs, Api, Errors, Time, Text
        Recipients     → Recipients.Spools, Errors, Text
        Recipients.Spools → Text
        Promotions     → Api, Documents, Concurrency, Errors, Time, Text
        Jobs.Creation  → Jobs.Waiting, Jobs, Api, Concurrency, Errors, Time, Text
        Jobs.Waiting   → Jobs, Api, Errors, Time
        Jobs           → Api, Errors, Time, Text
        Api            → Concurrency, Errors, Time, Text
        Documents      →
        Errors         → Text
        Concurrency    →
        Time           →
        Text           →
        """;

    public const string Http = """
        Documents  → Json
        Reports    →
        (root)     → Resources, Formats, Csv, Downloads, Tokens, Resilience, Transport
        Resources  → Downloads, Tokens, Resilience, Transport, Requests, Json
        Tokens     → Resilience, Transport, Requests, Json
        Downloads  → Resilience, Transport, Secrets
        Resilience → Transport, Requests
        Transport  → Requests, Json, Secrets
        Json       → Secrets
        Formats    → Csv
        Requests   →
        Secrets    →
        Csv        →
        """;

    public const string PowerShell = """
        Commands   → Reports, Codes, Watching, Completion, Promotions, Runs, Recipients, Progress, Files, Parameters, Sessions, Pipeline
        (root)     → Sessions, Loading
        Reports    → Codes, Files, Sessions, Parameters, Pipeline
        Codes      → Recipients, Progress, Files, Sessions, Parameters, Pipeline
        Completion → Sessions, Parameters
        Runs       → Progress, Files, Sessions, Pipeline
        Watching   →
        Promotions → Files, Sessions, Parameters, Pipeline
        Recipients → Files
        Sessions   → Parameters, Loading
        Pipeline   → Progress, Loading
        Parameters →
        Progress   →
        Files      →
        Loading    →
        """;
}
