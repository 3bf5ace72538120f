using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Recipients;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell.Codes;

/// <summary>
/// Adds what a command takes codes from: texts, objects, files, jobs and runs. They are read later, but an error in them should come before
/// other work is done.
/// </summary>
internal sealed class CodeSources
{
    private readonly CodeInput _codes;
    private readonly Func<IStoreReference?, StoreContext> _contextFor;
    private readonly Func<StoreContext, CodeRun, IReadOnlyList<CodeRun>> _resolve;
    private readonly Func<string, Task> _warn;

    /// <param name="codes">Gets the codes.</param>
    /// <param name="contextFor">Callback: the store of an object.</param>
    /// <param name="resolve">Callback: finds a run on each of its promotions.</param>
    /// <param name="warn">Callback: receives what the user should know.</param>
    public CodeSources(
        CodeInput codes,
        Func<IStoreReference?, StoreContext> contextFor,
        Func<StoreContext, CodeRun, IReadOnlyList<CodeRun>> resolve,
        Func<string, Task> warn)
    {
        _codes = codes;
        _contextFor = contextFor;
        _resolve = resolve;
        _warn = warn;
    }

    /// <summary>Adds an object: a code, something that has one, a file, a job or a run. On the pipeline thread.</summary>
    /// <exception cref="EpPromoException">It has no code, or a run cannot be found.</exception>
    public void Add(PSObject item)
    {
        if (item.BaseObject is PromotionJob job)
        {
            AddJob(job);
        }
        else if (RunsTransformationAttribute.IsRun(item))
        {
            foreach (CodeRun run in RunsTransformationAttribute.PartsOf(item))
            {
                AddRun(run);
            }
        }
        else
        {
            _codes.AddObject(item);
        }
    }

    private void AddJob(PromotionJob job)
    {
        StoreCodeReader reader = new(_contextFor(job.Origin), _warn);
        _codes.AddSource((offer, cancellationToken) => reader.ReadAsync(job, offer, cancellationToken));
    }

    private void AddRun(CodeRun run)
    {
        StoreContext context = _contextFor(run.Origin);
        StoreCodeReader reader = new(context, _warn);
        foreach (CodeRun part in _resolve(context, run))
        {
            _codes.AddSource((offer, cancellationToken) => reader.ReadAsync(part, offer, cancellationToken));
        }
    }
}
