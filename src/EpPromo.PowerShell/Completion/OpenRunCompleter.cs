using EpPromo.Runs;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes names of runs where one is to be resumed: those that miss codes come first.</summary>
internal sealed class OpenRunCompleter : RunCompleter
{
    private protected override int RankOf(PromotionRun run) => run.Status == RunStatuses.Completed ? 1 : 0;
}
