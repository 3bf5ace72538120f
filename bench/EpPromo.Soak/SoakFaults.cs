using EpPromo.Sandbox;

namespace EpPromo.Soak;

/// <summary>The faults: one request in ten, of every kind, and one job in a hundred.</summary>
internal static class SoakFaults
{
    private static readonly string[] s_requests =
    [
        "action=drop-after probability=0.02",
        "action=drop-before probability=0.01",
        "action=status status=503 probability=0.02",
        "action=status status=503 after=true probability=0.01",
        "action=status status=502 body=html probability=0.01",
        "action=status status=429 probability=0.0005",
        "action=status status=429 retry-after=seconds probability=0.0005",
        "action=delay time=2s probability=0.01",
        "action=truncate probability=0.01",
        "action=malformed probability=0.005",
        "action=wrong-types probability=0.005",
    ];

    private static readonly string[] s_others =
    [
        "endpoint=job-list action=list-lag time=1s probability=0.01",
        "endpoint=job-list action=revoke-tokens every=1000",
        "endpoint=download action=truncate probability=0.1",
        "endpoint=download action=expire-links probability=0.1",
    ];

    /// <summary>Adds the rules to the sandbox's faults.</summary>
    public static void AddTo(FaultRules faults)
    {
        foreach (string endpoint in (string[])["job-*", "promotion-list"])
        {
            foreach (string rule in s_requests)
            {
                faults.Add($"endpoint={endpoint} {rule}");
            }
        }

        foreach (string rule in s_others)
        {
            faults.Add(rule);
        }

        // The only fault that a user should see.
        faults.Add("endpoint=job-create action=fail-job probability=0.01");
    }

    /// <summary>The number of requests disturbed so far, without planted failures.</summary>
    public static int Triggered(FaultRules faults) => faults.All.Where(count => count.Rule.Action != FaultAction.FailJob).Sum(count => count.Triggered);
}
