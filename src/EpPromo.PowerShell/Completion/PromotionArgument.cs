using System.Management.Automation;
using EpPromo.PowerShell.Parameters;

namespace EpPromo.PowerShell.Completion;

/// <summary>The promotions that a command line names.</summary>
internal static class PromotionArgument
{
    /// <summary>The parameters of our commands that name promotions, and their aliases.</summary>
    private static readonly string[] s_parameters = ["Promotion", "PromotionId", "PromotionName"];

    /// <summary>Whether the command line names promotions.</summary>
    public static bool IsGiven(CompletionQuery query) => Find(query) is not null;

    /// <summary>The ids of the promotions; null if the command line names none.</summary>
    /// <exception cref="EpPromoException">There is no such promotion, or the list cannot be read.</exception>
    public static async Task<IReadOnlyList<string>?> FindAsync(CompletionQuery query, CancellationToken cancellationToken)
    {
        if (Find(query) is not { } argument)
        {
            return null;
        }

        object?[] items = EmptyValue.Unwrapped(argument) is not string && LanguagePrimitives.GetEnumerable(argument) is { } list
            ? [.. list.Cast<object?>()]
            : [argument];
        List<string> ids = [];
        foreach (PromotionReference reference in items.Select(PromotionTransformationAttribute.ReferenceTo).Where(one => one.Text.Length > 0))
        {
            ids.Add(reference.IsId
                ? reference.Text
                : (await query.Section.Directory.FindAsync(reference.Text, query.Api.Promotions, cancellationToken)).PromotionId);
        }

        return ids;
    }

    private static object? Find(CompletionQuery query) => s_parameters.Select(query.Argument).FirstOrDefault(value => !EmptyValue.Is(value));
}
