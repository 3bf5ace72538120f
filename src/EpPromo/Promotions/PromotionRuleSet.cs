using System.Collections.Specialized;
using EpPromo.Documents;

namespace EpPromo;

/// <summary>
/// The rules of a promotion as the API has them (api-contract.md section 6): <c>catalog_ids</c>, <c>currencies</c>, <c>rules</c>,
/// <c>actions</c>. PowerShell reads a field with a dot, as that of any dictionary. As a text it is JSON, so a table can hold it, and the
/// commands that write promotions accept both.
/// </summary>
#pragma warning disable CA1010 // PowerShell's own ordered dictionaries, which scripts expect, are not generic.
public sealed class PromotionRuleSet : OrderedDictionary
{
    /// <summary>A rule set with copies of <paramref name="fields"/>.</summary>
    internal PromotionRuleSet(OrderedDictionary fields)
        : base(DocumentValue.ComparerFor(DocumentValue.Keys(fields))) => DocumentValue.CopyInto(this, fields);

    /// <summary>The JSON.</summary>
    public override string ToString() => DocumentJson.Of(this);
}
