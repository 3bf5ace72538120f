using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotion: rule promotions by id, by name, or all.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotion", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Promotion))]
public sealed class GetEpPromotionCommand : StoreCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>
    /// Names of promotions; wildcards allowed, upper and lower case are the same. A name without a wildcard that is not there is an
    /// error.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(PromotionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Ids of promotions. One that is not there is an error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PromotionIdCompleter))]
    [PromotionIds]
    [AllowEmptyString]
    public string[] PromotionId { get; set; } = [];

    private protected override int MaxConcurrency => 1;

    private protected override void Process()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (string id in PromotionId)
            {
                Start(id, async cancellationToken => await EmitAsync(await Api.GetPromotionAsync(id, cancellationToken)));
            }
        }
        else
        {
            HashSet<string> emitted = [];
            foreach (string name in Name)
            {
                Start(name, cancellationToken => FindAsync(name, emitted, cancellationToken));
            }
        }
    }

    private async Task FindAsync(string name, HashSet<string> emitted, CancellationToken cancellationToken)
    {
        bool found = false;
        await new PromotionSearch(Api).FindAsync(
            ServerPattern(name),
            async promotion =>
            {
                if (new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(promotion.Name))
                {
                    found = true;
                    if (emitted.Add(promotion.PromotionId))
                    {
                        await EmitAsync(promotion);
                    }
                }
            },
            cancellationToken);
        if (!found && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            await ReportAsync(new EpPromoException(ErrorKind.NotFound, nameof(SR.PromotionNameNotFound), name), name);
        }
    }

    /// <summary>
    /// The part of <paramref name="name"/> that the API's ilike can look for: a star at the start and at the end. Null when more
    /// would be needed; the names are matched here all the same.
    /// </summary>
    private static string? ServerPattern(string name)
    {
        string inner = name.Trim('*');
        return inner.Length == 0 || WildcardPattern.ContainsWildcardCharacters(inner) || inner.Contains('`') ? null : name;
    }
}
