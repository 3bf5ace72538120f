using System.Collections;
using System.Management.Automation.Language;
using EpPromo.Api;

namespace EpPromo.PowerShell.Completion;

/// <summary>The kind of promotions on the command line that is completed.</summary>
internal static class KindArgument
{
    /// <summary>
    /// The value of -Kind, also that of an earlier command of the pipeline, whose output knows its kind. Without it, rule promotions are
    /// meant; null if the pipeline starts with something whose kind is not known, such as a variable.
    /// </summary>
    /// <param name="arguments">The other arguments of the command, as far as they are constants or variables.</param>
    /// <param name="command">The command.</param>
    public static PromotionKind? Find(IDictionary arguments, CommandAst command) =>
        arguments.Contains(nameof(PromotionKindCmdlet.Kind)) ? Parse(arguments[nameof(PromotionKindCmdlet.Kind)]?.ToString())
        : command.Parent is PipelineAst pipeline ? KindOf([.. pipeline.PipelineElements.TakeWhile(element => element != command)])
        : PromotionKind.Rule;

    private static PromotionKind? KindOf(IReadOnlyList<CommandBaseAst> earlier) =>
        earlier.OfType<CommandAst>().Select(KindOf).LastOrDefault(kind => kind is not null)
        ?? (earlier.Count == 0 || earlier[0] is CommandAst ? PromotionKind.Rule : null);

    private static PromotionKind? KindOf(CommandAst command)
    {
        CommandParameterAst? parameter = command.CommandElements.OfType<CommandParameterAst>()
            .FirstOrDefault(one => one.ParameterName.Equals(nameof(PromotionKindCmdlet.Kind), StringComparison.OrdinalIgnoreCase));
        Ast? value = parameter?.Argument ?? command.CommandElements.SkipWhile(element => element != parameter).Skip(1).FirstOrDefault();
        return parameter is null ? null : Parse((value as StringConstantExpressionAst)?.Value);
    }

    private static PromotionKind? Parse(string? text) => PromotionKinds.TryParse(text ?? "", out PromotionKind kind) ? kind : null;
}
