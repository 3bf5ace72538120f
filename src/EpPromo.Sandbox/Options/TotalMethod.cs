namespace EpPromo.Sandbox;

/// <summary>How "meta.results.total" is counted, and whether "total_method" says so (contract section 3).</summary>
public enum TotalMethod
{
    /// <summary>The exact total; "total_method" is omitted.</summary>
    NotReported,

    /// <summary>"exact": the exact total.</summary>
    Exact,

    /// <summary>"lower_bound": the total, but at most <see cref="SandboxOptions.TotalCap"/>.</summary>
    LowerBound,

    /// <summary>"observed": the number of items on this page and the pages before it.</summary>
    Observed,
}
