using System.Collections.Specialized;
using System.Globalization;
using EpPromo.Documents;
using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>One field of a promotion: how to compare what is wanted with what the store has, and how to show it.</summary>
internal sealed class PromotionField
{
    private PromotionField(string name, Func<PromotionFields, object?> wanted, Func<Promotion, object?> actual)
    {
        Name = name;
        Wanted = wanted;
        Actual = actual;
    }

    /// <summary>All fields that can be written.</summary>
    public static IReadOnlyList<PromotionField> All { get; } =
    [
        new(nameof(Promotion.Name), fields => fields.Name, promotion => promotion.Name),
        new(nameof(Promotion.Description), fields => fields.Description, promotion => promotion.Description),
        new(nameof(Promotion.Enabled), fields => fields.Enabled, promotion => promotion.Enabled),
        new(nameof(Promotion.Automatic), fields => fields.Automatic, promotion => promotion.Automatic),
        new(nameof(Promotion.Priority), fields => fields.Priority, promotion => promotion.Priority),
        new(nameof(Promotion.Stackable), fields => fields.Stackable, promotion => promotion.Stackable),
        new(nameof(Promotion.OverrideStacking), fields => fields.OverrideStacking, promotion => promotion.OverrideStacking),
        new(nameof(Promotion.Start), fields => fields.Start, promotion => promotion.Start),
        new(nameof(Promotion.End), fields => fields.End, promotion => promotion.End),
        new(nameof(Promotion.RuleSet), fields => fields.RuleSet, promotion => promotion.RuleSet),
        new("AccountTags", fields => fields.AccountTags, promotion => promotion.AccountTags),
    ];

    /// <summary>The name, which is that of the property and of the parameter.</summary>
    public string Name { get; }

    /// <summary>What is to be written; null if the field is not to be.</summary>
    public Func<PromotionFields, object?> Wanted { get; }

    /// <summary>What the store has; null if it has nothing.</summary>
    public Func<Promotion, object?> Actual { get; }

    /// <summary>Whether two values of a field mean the same.</summary>
    public static bool AreEqual(object? one, object? other) => DocumentValue.AreEqual(Comparable(one), Comparable(other));

    /// <summary>A value as a person reads it.</summary>
    public static string Show(object? value) => value switch
    {
        null or "" => SR.DetailNoValue,
        DateTimeOffset time => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        bool or int => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        string text => $"'{text}'",
        _ => SR.DetailOtherRules,
    };

    /// <summary>A value as a text that is the same on every machine; null if there is none.</summary>
    public static string? ToText(object? value) => value switch
    {
        null or "" => null,
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture),
        string or bool or int or OrderedDictionary => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => DocumentJson.Of(value),
    };

    /// <summary>Whether a promotion has what is wanted. Its rules may have further fields: a store may fill in its defaults.</summary>
    public bool IsMet(PromotionFields wanted, Promotion found) => DocumentValue.Contains(Comparable(Actual(found)), Comparable(Wanted(wanted)));

    /// <summary>Whether the store can have made <paramref name="found"/> of what was sent.</summary>
    public bool IsMatch(PromotionFields sent, Promotion found)
    {
        // A store may round times, and write a text in another form: other fields distinguish promotions of the same name.
        if (Name == nameof(Promotion.Description) || Wanted(sent) is DateTimeOffset)
        {
            return !(Wanted(sent) is DateTimeOffset sentTime && Actual(found) is DateTimeOffset foundTime)
                || (sentTime - foundTime).Duration() < TimeSpan.FromMinutes(1);
        }

        object? wanted = Comparable(Wanted(sent));
        object? actual = Comparable(Actual(found));
        return wanted is null or "" || (actual is null && wanted is not string) || DocumentValue.Contains(actual, wanted);
    }

    /// <summary>
    /// A value in the form in which it is compared: the store's texts are cleaned and may have another Unicode form, and times are sent without
    /// seconds.
    /// </summary>
    private static object? Comparable(object? value) => value switch
    {
        string text => DisplayText.Clean(NormalizedText.Of(text)),
        DateTimeOffset time => time.ToUniversalTime().Ticks / TimeSpan.TicksPerMinute,
        int number => (long)number,
        _ => value,
    };
}
