using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Faults;

/// <summary>Every way in which a request can go wrong, a fifth of all requests together, a third of those after the work was done.</summary>
internal static class FaultRuleSet
{
    /// <summary>What strikes creates and lists alike.</summary>
    private static readonly string[] Common =
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
        "action=stall-headers probability=0.005",
        "action=stall-body probability=0.005",
        "action=truncate probability=0.01",
        "action=malformed probability=0.01",
        "action=wrong-types probability=0.02",
    ];

    /// <summary>Puts them in force.</summary>
    public static void AddTo(SandboxServer sandbox)
    {
        foreach (string endpoint in (string[])["job-create", "job-list"])
        {
            foreach (string rule in Common)
            {
                sandbox.Faults.Add($"endpoint={endpoint} {rule}");
            }
        }

        // Not on lists: one that is too long would be so again, and is an error at once.
        sandbox.Faults.Add("endpoint=job-create action=oversized size=40000000 probability=0.002");

        // Long enough to miss a create whose answer was lost just now, and shorter than the consistency window that the store is given.
        sandbox.Faults.Add("endpoint=job-list action=list-lag time=300ms probability=0.05");

        // All tokens of the store die at once; evenly, because a token that dies twice in one call is refused credentials to the client.
        sandbox.Faults.Add("endpoint=job-list action=revoke-tokens every=150");
        sandbox.Faults.Add("endpoint=token action=status status=503 probability=0.1");
        sandbox.Faults.Add("endpoint=token action=drop-after probability=0.1");
    }
}
