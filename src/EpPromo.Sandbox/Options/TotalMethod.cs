namespace EpPromo.Sandbox;

/// <summary>How "meta.results.total" was counted, and whether "total_method" says so (contract section 3).</summary>
public enum TotalMethod
{
    /// <summary>Exactly, and the field is not there.</summary>
    NotReported,

    /// <summary>"exact": the total is right.</summary>
    Exact,

    /// <summary>"lower_bound": counting stops at <see cref="SandboxOptions.TotalCap"/>.</summary>
    LowerBound,

    /// <summary>"observed": the total is what this page and those before it hold.</summary>
    Observed,
}
