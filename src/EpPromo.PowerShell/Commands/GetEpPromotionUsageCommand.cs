using System.Management.Automation;
using EpPromo.Codes.Exports;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;
using EpPromo.Usages;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotionUsage: returns who used codes in which orders, of promotions, jobs, runs or single codes.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotionUsage", DefaultParameterSetName = PromotionSet)]
[OutputType(typeof(PromotionUsage))]
public sealed class GetEpPromotionUsageCommand : CodeSourceCmdlet
{
    /// <summary>How many usages of a promotion are kept until those before it are written.</summary>
    private const int MaxUsagesAhead = 1000;

    private readonly WorkProgress _progress = new(SR.ProgressReadingUsages);

    /// <summary>The codes of each promotion. They are looked up together, since that can take far fewer requests.</summary>
    private readonly Dictionary<(StoreContext Context, string PromotionId), CodeSet> _codes = [];

    /// <summary>
    /// Return only the usages of these codes of the promotion. Upper and lower case are the same. Codes can be piped, for example from
    /// Get-EpPromotionCode or Import-Csv.
    /// </summary>
    [Parameter(ParameterSetName = PromotionSet, ValueFromPipelineByPropertyName = true)]
    [CodesTransformation(IsOptional = true)]
    public CodeReference[]? Code { get; set; }

    /// <summary>Return only usages at this time or later. A time without a zone is local time.</summary>
    [Parameter]
    [TimeTransformation]
    [ValidateNotNull]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Return only usages before this time. A time without a zone is local time.</summary>
    [Parameter]
    [TimeTransformation]
    [ValidateNotNull]
    public DateTimeOffset? Before { get; set; }

    private protected override bool IsJobIdOfCode => Code is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Code), Code?.Select(code => code.Text).ToArray(), "usages");
        if (Before <= Since)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadPeriod), Since, Before), Before));
        }
    }

    private UsageSelection Selection => new() { Since = Since, Before = Before };

    /// <inheritdoc/>
    private protected override void ProcessPromotion(StoreContext context, PromotionReference input, PromotionIdentity promotion)
    {
        if (Code is null)
        {
            base.ProcessPromotion(context, input, promotion);
            return;
        }

        (StoreContext, string) key = (context, promotion.PromotionId);
        CodeSet codes = _codes.TryGetValue(key, out CodeSet? known) ? known : _codes[key] = new CodeSet();
        string? codeId = EmptyValue.Unwrapped(input.Row) is PromotionCode code ? code.CodeId : null;
        foreach (CodeReference reference in Code.Where(one => one.Text.Length > 0))
        {
            codes.Add(reference.Text, codeId);
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessSource(StoreContext context, CodeSource source) => StartList(
        context, source.PromotionId, async (process, cancellationToken) =>
        {
            if (await FindOwnAsync(context, source, cancellationToken) is not { } own)
            {
                await context.Usages.ListAsync(source.PromotionId, Selection, process, cancellationToken);
                return;
            }

            CodeSet codes = new();
            await new OwnCodeLister(context.Api.Jobs, context.Api.Codes, context.Clock, context.Store.ConsistencyWindow).ListAsync(
                own,
                code =>
                {
                    codes.Add(code.Code, code.CodeId);
                    return Task.CompletedTask;
                },
                WriteWarningAsync,
                cancellationToken);
            await new CodeUsageFinder(context.Api.Usages, context.Usages).FindAsync(source.PromotionId, codes, Selection, process, cancellationToken);
        });

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        foreach (KeyValuePair<(StoreContext Context, string PromotionId), CodeSet> codes in _codes)
        {
            (StoreContext context, string promotionId) = codes.Key;
            StartList(context, promotionId, (process, cancellationToken) =>
                new CodeUsageFinder(context.Api.Usages, context.Usages)
                    .FindAsync(promotionId, codes.Value, Selection, process, cancellationToken));
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    /// <summary>Starts a listing whose usages are written after those of the listings before it.</summary>
    private void StartList(StoreContext context, string promotionId, Func<Func<PromotionUsage, Task>, CancellationToken, Task> list)
    {
        WorkStep step = _progress.Add(context.Directory.Identify(promotionId).ToString());
        StartOrdered(promotionId, async (output, cancellationToken) =>
        {
            using WorkStep active = step;
            int found = 0;
            active.Report(() => MessageText.Of(SR.ProgressUsages, Volatile.Read(ref found)));
            ReadAhead<PromotionUsage> usages = new(output, MaxUsagesAhead, WriteAsync, cancellationToken);
            try
            {
                await list(
                    usage =>
                    {
                        Interlocked.Increment(ref found);
                        return usages.AddAsync(usage);
                    },
                    cancellationToken);
            }
            finally
            {
                // Also what was read before an error.
                await usages.CompleteAsync();
            }
        });
    }

    private async Task<bool> WriteAsync(PromotionUsage usage)
    {
        await WriteObjectAsync(usage);
        return true;
    }
}
