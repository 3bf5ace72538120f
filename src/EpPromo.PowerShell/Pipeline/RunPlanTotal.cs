namespace EpPromo.PowerShell;

/// <summary>What the plans of all runs of a command come to. On the pipeline thread.</summary>
internal sealed class RunPlanTotal
{
    private RunPlan _sum = RunPlan.Empty;
    private int _plans;

    /// <summary>Plans that are still being made; the end of the input is waited for as well.</summary>
    private int _open = 1;

    /// <summary>A plan is being made.</summary>
    public void Begin() => _open++;

    /// <summary>A plan has been made.</summary>
    public void Add(RunPlan plan)
    {
        _sum = _sum.And(plan);
        _plans++;
    }

    /// <summary>A plan has come or failed, or the input is over. Returns the line for all, when this was the last and there are several.</summary>
    public string? End() => --_open == 0 && _plans > 1 ? $"In all: {_sum}, on {_plans} promotions." : null;
}
