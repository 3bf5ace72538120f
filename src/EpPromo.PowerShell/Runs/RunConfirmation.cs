using EpPromo.Promotions;
using EpPromo.Runs;
using EpPromo.Runs.Planning;
using EpPromo.Stores;
using EpPromo.Text;

namespace EpPromo.PowerShell.Runs;

/// <summary>
/// What -WhatIf and -Confirm show about the runs of a command. -Confirm asks before anything is read; -WhatIf shows plans, which are based
/// on the promotions' job lists. On the pipeline thread.
/// </summary>
internal sealed class RunConfirmation
{
    private readonly StoreSection _section;
    private readonly int _throttleLimit;
    private readonly Func<string, bool> _shouldProcess;
    private readonly Action<string> _warn;
    private readonly List<RunPlan> _plans = [];

    /// <summary>The confirmation of a command's runs.</summary>
    /// <param name="section">The promotions of one kind in a store.</param>
    /// <param name="throttleLimit">How many promotions are processed at the same time.</param>
    /// <param name="shouldProcess">Shows a text or asks about it, and returns whether to continue.</param>
    /// <param name="warn">Writes a warning.</param>
    public RunConfirmation(StoreSection section, int throttleLimit, Func<string, bool> shouldProcess, Action<string> warn)
    {
        _section = section;
        _throttleLimit = throttleLimit;
        _shouldProcess = shouldProcess;
        _warn = warn;
    }

    /// <summary>Asks whether to execute a run.</summary>
    /// <param name="request">The run.</param>
    /// <param name="file">The file for its codes, or null.</param>
    /// <returns>Whether to execute it.</returns>
    public bool Confirm(CodeRunRequest request, string? file) => Ask(Estimate(request, file), request, file);

    /// <summary>Shows the plan of a run, and a warning if it would exceed the default limit of codes on a promotion.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="request">The run.</param>
    /// <param name="file">The file for its codes, or null.</param>
    public void Show(RunPlan plan, CodeRunRequest request, string? file)
    {
        Ask(plan.ToString(), request, file);
        if (plan.FindLimitWarning(request.PromotionId) is { } warning)
        {
            _warn(warning);
        }

        _plans.Add(plan);
    }

    /// <summary>Shows the total of all plans, if there are several.</summary>
    public void ShowTotal()
    {
        if (_plans.Count > 1)
        {
            _shouldProcess(MessageText.Of(SR.PlanTotal, _plans.Count, new RunPlanTotal(_plans, _throttleLimit)));
        }
    }

    /// <summary>What the run will generate, as far as that is known without its job list: if its name was used before, some of its codes may exist.</summary>
    private string Estimate(CodeRunRequest request, string? file) => request.IsNameGenerated
        ? RunPlanBuilder.Plan(request, _section.Store.MaxRequestsPerSecond, _section.Store.ConsistencyWindow, [], file is not null).ToString()
        : MessageText.Of(SR.PlanMissingCodes, request.Count);

    private bool Ask(string plan, CodeRunRequest request, string? file)
    {
        string promotion = _section.Directory.Describe(new PromotionIdentity(request.PromotionId, request.PromotionName, null));
        return _shouldProcess(MessageText.Of(file is null ? SR.ConfirmRun : SR.ConfirmRunAndExport, plan, promotion, request.Name, file));
    }
}
