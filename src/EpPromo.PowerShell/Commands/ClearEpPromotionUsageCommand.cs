using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;
using EpPromo.Usages;

namespace EpPromo.PowerShell;

/// <summary>Clear-EpPromotionUsage: anonymizes usages of codes, whose customers are then no longer known.</summary>
[Cmdlet(VerbsCommon.Clear, "EpPromotionUsage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PromotionUsage))]
public sealed class ClearEpPromotionUsageCommand : StoreCmdlet
{
    private readonly WorkProgress _progress = new(SR.ProgressAnonymizing);

    /// <summary>The usages that are not sent yet. Of ids alone, the promotion is not known: it is empty.</summary>
    private readonly Dictionary<(StoreContext Context, string PromotionId), List<PromotionUsage>> _waiting = [];

    private bool _asks;

    // Not mandatory: PowerShell would ask for usages, and nobody types their ids.

    /// <summary>
    /// Usages of Get-EpPromotionUsage, usually from the pipeline, or their ids. Rows with a column UsageId can be piped, too. Usages that are
    /// already anonymized are skipped.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UsageId")]
    [UsagesTransformation]
    [ValidateNotNull]
    public PromotionUsage[] Usage { get; set; } = [];

    /// <summary>Emit the usages as they are after it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Do not ask for confirmation. With -Confirm, the command asks anyway.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int MaxConcurrency => 4;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _asks = Asks(Force);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (Usage.Length == 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NoUsages));
        }

        ForEachInput(Usage, Add);
    }

    private void Add(PromotionUsage usage)
    {
        Identifier.Check(usage.UsageId);
        StoreContext context = ContextFor(usage.Origin);
        if (usage.Anonymized)
        {
            if (PassThru)
            {
                WriteObject(usage);
            }

            return;
        }

        (StoreContext, string) key = (context, usage.PromotionId);
        List<PromotionUsage> usages = _waiting.TryGetValue(key, out List<PromotionUsage>? known) ? known : _waiting[key] = [];
        usages.Add(usage);

        // A question needs the number of all usages of the promotion.
        if (!_asks && usages.Count == UsageAnonymizer.BatchSize)
        {
            _waiting.Remove(key);
            ConfirmAndStart(context, usage.PromotionId, usages);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        foreach (KeyValuePair<(StoreContext Context, string PromotionId), List<PromotionUsage>> promotion in _waiting)
        {
            (StoreContext context, string promotionId) = promotion.Key;
            ConfirmAndStart(context, promotionId, promotion.Value);
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    private void ConfirmAndStart(StoreContext context, string promotionId, List<PromotionUsage> usages)
    {
        if (Confirm(context, promotionId, usages))
        {
            StartAnonymize(context, promotionId, usages);
        }
    }

    private bool Confirm(StoreContext context, string promotionId, List<PromotionUsage> usages)
    {
        string target = promotionId.Length == 0
            ? MessageText.Of(SR.ConfirmStore, context.Store.Name)
            : MessageText.Of(
                SR.ConfirmPromotion,
                context.Directory.Describe(new PromotionIdentity(promotionId, NameOf(context, usages[0]), null)));
        int count = usages.Select(usage => usage.UsageId).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return ShouldProcessUnlessForced(DisplayText.Clean(target), MessageText.Of(SR.ConfirmAnonymize, count), Force);
    }

    private void StartAnonymize(StoreContext context, string promotionId, List<PromotionUsage> usages)
    {
        Dictionary<string, PromotionUsage> byId = new(StringComparer.OrdinalIgnoreCase);
        usages.ForEach(usage => byId[usage.UsageId] = usage);
        string subject = promotionId.Length == 0 ? context.Store.Name : NameOf(context, usages[0]) is { Length: > 0 } name ? name : promotionId;
        WorkStep step = _progress.Add(subject);
        Start(promotionId.Length == 0 ? null : promotionId, async cancellationToken =>
        {
            using WorkStep active = step;
            int processed = 0;
            int anonymized = 0;
            active.Report(() => MessageText.Of(SR.DetailCountOf, Volatile.Read(ref processed), byId.Count));
            try
            {
                await new UsageAnonymizer(context.Api.Usages, OnAnonymizedAsync, OnMissingAsync).AnonymizeAsync([.. byId.Keys], cancellationToken);
            }
            catch (EpPromoException e)
            {
                await WriteErrorAsync(e, promotionId.Length == 0 ? null : promotionId);
                if (!context.Store.ReadOnly)
                {
                    await WriteWarningAsync(MessageText.Of(SR.WarningUsagesLeft, anonymized, byId.Count, subject));
                }
            }

            Task OnAnonymizedAsync(PromotionUsage usage)
            {
                processed++;
                anonymized++;
                PromotionUsage before = byId[usage.UsageId];
                return PassThru
                    ? WriteObjectAsync(new PromotionUsage(usage) { PromotionId = before.PromotionId, PromotionName = before.PromotionName })
                    : Task.CompletedTask;
            }

            Task OnMissingAsync(string usageId, EpPromoException error)
            {
                processed++;
                return WriteErrorAsync(error, usageId);
            }
        });
    }

    private static string NameOf(StoreContext context, PromotionUsage usage) =>
        context.Directory.Identify(usage.PromotionId).PromotionName is { Length: > 0 } name ? name : usage.PromotionName;
}
