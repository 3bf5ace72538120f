using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>The command that exports codes again, for errors after which the codes are in the store and not in the file.</summary>
internal sealed class ExportCommand
{
    private readonly OutputTarget _target;
    private readonly string _path;

    /// <summary>Exports the codes of <paramref name="target"/> to <paramref name="path"/>.</summary>
    public ExportCommand(OutputTarget target, string path)
    {
        _target = target;
        _path = path;
    }

    /// <summary>The command, to copy. It has the id of the promotion, because names can be ambiguous.</summary>
    public override string ToString()
    {
        string promotion = $"-Promotion '{QuotedText.Of(_target.PromotionId)}'";
        string export = $"Export-EpPromotionCode -LiteralPath '{QuotedText.Of(_path)}'";
        return _target.JobId is { } job ? $"Get-EpPromotionJob {promotion} -JobId '{QuotedText.Of(job)}' | {export}"
            : _target.Run is { } run ? $"Get-EpPromotionRun {promotion} -Name '{QuotedText.Of(WildcardText.Escape(run))}' | {export}"
            : $"{export} {promotion}";
    }
}
