using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Faults;

/// <summary>Every way in which a request can fail. Together they hit a fifth of all requests, a third of those after the store has done the work.</summary>
internal static class FaultRuleSet
{
    /// <summary>Rules for any endpoint. They take no time.</summary>
    private static readonly string[] s_quick =
    [
        "action=drop-after probability=0.05",
        "action=drop-before probability=0.02",
        "action=status status=503 probability=0.02",
        "action=status status=503 after=true probability=0.02",
        "action=status status=502 body=html probability=0.01",
        "action=status status=504 body=html after=true probability=0.01",
        "action=status status=200 body=html after=true probability=0.01",
        "action=status status=429 probability=0.005",
        "action=status status=429 retry-after=seconds probability=0.003",
        "action=status status=429 retry-after=date probability=0.003",
        "action=truncate probability=0.01",
        "action=malformed probability=0.01",
        "action=wrong-types probability=0.02",
    ];

    /// <summary>Rules for any endpoint. The client waits for its timeouts.</summary>
    private static readonly string[] s_stalling = ["action=stall-headers probability=0.005", "action=stall-body probability=0.005"];

    /// <summary>Adds those rules for an endpoint to a sandbox that take no time.</summary>
    public static void AddQuickTo(SandboxServer sandbox, string endpoint) => Add(sandbox, endpoint, s_quick);

    /// <summary>Adds the rules for jobs to a sandbox.</summary>
    public static void AddTo(SandboxServer sandbox)
    {
        foreach (string endpoint in (string[])["job-create", "job-list"])
        {
            Add(sandbox, endpoint, s_quick);
            Add(sandbox, endpoint, s_stalling);
        }

        // Not on lists: an oversized list is an error at once, because a retry would not shorten it.
        sandbox.Faults.Add("endpoint=job-create action=oversized size=40000000 probability=0.002");

        // Long enough to hide a create whose response was just lost, and shorter than the configured consistency window.
        sandbox.Faults.Add("endpoint=job-list action=list-lag time=300ms probability=0.05");

        // Revokes all tokens at regular intervals: a client that loses its token twice in one call reports refused credentials.
        sandbox.Faults.Add("endpoint=job-list action=revoke-tokens every=150");
        sandbox.Faults.Add("endpoint=token action=status status=503 probability=0.1");
        sandbox.Faults.Add("endpoint=token action=drop-after probability=0.1");
    }

    private static void Add(SandboxServer sandbox, string endpoint, string[] rules)
    {
        foreach (string rule in rules)
        {
            sandbox.Faults.Add($"endpoint={endpoint} {rule}");
        }
    }
}
