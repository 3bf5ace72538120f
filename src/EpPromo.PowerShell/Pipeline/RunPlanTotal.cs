using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>Gathers the plans of all runs of a command. On the pipeline thread.</summary>
internal sealed class RunPlanTotal
{
    private readonly List<RunPlan> _plans = [];

    /// <summary>Plans that are still being made; the end of the input is waited for as well.</summary>
    private int _open = 1;

    /// <summary>A plan is being made.</summary>
    public void Begin() => _open++;

    /// <summary>A plan has been made.</summary>
    public void Add(RunPlan plan) => _plans.Add(plan);

    /// <summary>A plan has come or failed, or the input is over. Returns the line for all, when this was the last and there are several.</summary>
    public string? End(int throttleLimit) => --_open == 0 && _plans.Count > 1
        ? MessageText.Of(SR.PlanTotal, _plans.Count, new RunPlans(_plans, throttleLimit))
        : null;
}
