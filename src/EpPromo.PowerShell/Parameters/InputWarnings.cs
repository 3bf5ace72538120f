using System.Globalization;
using System.Management.Automation;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>Warns of arguments and input that are valid but probably not intended. On the pipeline thread.</summary>
internal sealed class InputWarnings
{
    private readonly PSCmdlet _cmdlet;
    private readonly Action<string> _warn;
    private readonly HashSet<string> _disabled = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasWarnedOfColumns;
    private bool _hasWarnedOfFormula;

    /// <summary>The warnings of a cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet; its arguments are read when they are checked.</param>
    /// <param name="warn">Writes a warning.</param>
    public InputWarnings(PSCmdlet cmdlet, Action<string> warn)
    {
        _cmdlet = cmdlet;
        _warn = warn;
    }

    /// <summary>
    /// Warns of a filter whose argument is empty, such as a variable that was never set: it is treated as omitted, so everything is selected.
    /// Called before there is input: an empty cell of a table says nothing about the other rows.
    /// </summary>
    /// <param name="parameter">The name of the filter's parameter.</param>
    /// <param name="value">Its value.</param>
    /// <param name="selected">What is selected without a filter, in the plural.</param>
    public void CheckFilter(string parameter, string[]? value, string selected)
    {
        if (value is null && _cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            Warn(SR.WarningEmptyFilter, parameter, selected);
        }
    }

    /// <summary>
    /// Warns if -Run is given and empty, such as a variable of an earlier session: it is treated as omitted, so it gives no codes.
    /// </summary>
    public void CheckRun(CodeRun[]? run)
    {
        if (run is null && _cmdlet.MyInvocation.BoundParameters.ContainsKey("Run"))
        {
            _warn(SR.WarningEmptyRun);
        }
    }

    /// <summary>
    /// Warns, once, if the row that <paramref name="promotions"/> came from has a column that matches no parameter, while a parameter has no
    /// column: otherwise a misspelled column would be ignored silently.
    /// </summary>
    public void CheckColumns(PromotionReference[] promotions)
    {
        if (promotions is [{ Row: { } row }])
        {
            CheckColumns(row);
        }
    }

    /// <summary>The same for a row that something else than its promotion came from.</summary>
    public void CheckColumns(PSObject row)
    {
        if (!_hasWarnedOfColumns
            && InputColumns.Warning(row, _cmdlet.MyInvocation, _cmdlet.ParameterSetName) is { } warning)
        {
            _hasWarnedOfColumns = true;
            _warn(warning);
        }
    }

    /// <summary>Warns, once for each promotion, if it is known to be disabled: it gets its codes, but nobody can use them.</summary>
    public void CheckEnabled(PromotionIdentity promotion)
    {
        if (promotion.Details is { Enabled: false } && _disabled.Add(promotion.PromotionId))
        {
            _warn(MessageText.Of(SR.WarningPromotionDisabled, promotion));
        }
    }

    /// <summary>Warns, once, if a spreadsheet would treat codes with <paramref name="prefix"/> as formulas.</summary>
    public void CheckPrefix(string? prefix)
    {
        if (!_hasWarnedOfFormula && prefix is { Length: > 0 } && SpreadsheetFormula.CanStartWith(prefix[0]))
        {
            _hasWarnedOfFormula = true;
            Warn(SR.WarningFormulaPrefix, prefix);
        }
    }

    private void Warn(string format, params object[] arguments) => _warn(string.Format(CultureInfo.InvariantCulture, format, arguments));
}
