using System.Collections.Specialized;
using System.Globalization;
using EpPromo.Documents;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell.Promotions;

/// <summary>Reads the argument of <c>-RuleSet</c>: a rule set, a hashtable, an object, or JSON, as one text or as lines.</summary>
internal static class RuleSetArgument
{
    /// <summary>The rule set; null if the argument is empty.</summary>
    /// <exception cref="EpPromoException">It is not a rule set.</exception>
    public static PromotionRuleSet? Read(object? argument)
    {
        if (EmptyValue.Is(argument))
        {
            return null;
        }

        try
        {
            object? value = DocumentConverter.Convert(argument);
            value = value is object?[] lines && lines.All(line => line is string) ? string.Join("\n", lines) : value;
            value = value is string json ? ReadJson(json) : value;
            return value is OrderedDictionary fields
                ? new PromotionRuleSet(fields)
                : throw new FormatException(string.Format(CultureInfo.InvariantCulture, SR.DetailRuleSetNotObject, DocumentJson.Of(value)));
        }
        catch (FormatException e)
        {
            throw new EpPromoException(e, ErrorKind.InvalidArgument, nameof(SR.BadRuleSet), e.Message);
        }
    }

    private static object? ReadJson(string json)
    {
        try
        {
            return StoreConnector.OpenDocuments().ReadJson(json);
        }
        catch (FormatException e)
        {
            throw new FormatException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotJson, e.Message), e);
        }
    }
}
