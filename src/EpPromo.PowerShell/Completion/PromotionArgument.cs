using System.Management.Automation;
using EpPromo.PowerShell.Parameters;

namespace EpPromo.PowerShell.Completion;

/// <summary>The promotions that a command line names.</summary>
internal static class PromotionArgument
{
    /// <summary>The parameters of our commands that name promotions, and their aliases.</summary>
    private static readonly string[] s_parameters = ["Promotion", "PromotionId", "PromotionName"];

    /// <summary>The ids of the promotions; null if the command line names none.</summary>
    /// <exception cref="EpPromoException">There is no such promotion, or the list cannot be read.</exception>
    public static async Task<IReadOnlyList<string>?> FindAsync(CompletionQuery query, CancellationToken cancellationToken)
    {
        object? argument = s_parameters.Select(query.Argument).FirstOrDefault(value => !EmptyValue.Is(value));
        if (argument is null)
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
}
