using System.Management.Automation;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>What the common parameters of a command say (-Verbose, -ErrorAction, -WhatIf and so on), or else the preference variables.</summary>
internal sealed class CommonParameters
{
    private readonly PSCmdlet _cmdlet;

    /// <summary>Those of <paramref name="cmdlet"/>, on its pipeline thread.</summary>
    public CommonParameters(PSCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>Whether lines about requests are shown. As PowerShell does, which writes verbose lines with -Debug, too.</summary>
    public bool ShowsVerbose => IsOn("Verbose") ?? (IsOn("Debug") == true || IsShown("VerbosePreference"));

    /// <summary>Whether debug texts are shown.</summary>
    public bool ShowsDebug => IsOn("Debug") ?? IsShown("DebugPreference");

    /// <summary>Whether the user wants to see progress.</summary>
    public bool ShowsProgress => _cmdlet.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? given)
        ? given is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore)
        : IsShown("ProgressPreference");

    /// <summary>Whether an error ends the pipeline.</summary>
    public bool StopsOnError => _cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
        ? given is ActionPreference.Stop
        : LanguagePrimitives.TryConvertTo(_cmdlet.GetVariableValue("ErrorActionPreference"), out ActionPreference preference)
            && preference == ActionPreference.Stop;

    /// <summary>Whether the command only shows what it would do.</summary>
    public bool IsWhatIf => IsOn("WhatIf") ?? LanguagePrimitives.IsTrue(_cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>Whether a command with ConfirmImpact High asks. With -Confirm it asks even with -Force.</summary>
    /// <param name="force">Whether -Force is given.</param>
    public bool Confirms(bool force) =>
        IsOn("Confirm") ?? (!force && _cmdlet.GetVariableValue("ConfirmPreference") is not (ConfirmImpact.None or "None"));

    /// <summary>Whether a switch is on; null if it is not given.</summary>
    private bool? IsOn(string parameter) => _cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
        ? given is SwitchParameter { IsPresent: true } or true
        : null;

    /// <summary>Whether a stream is shown unless its parameter says something else.</summary>
    private bool IsShown(string preferenceVariable) =>
        !LanguagePrimitives.TryConvertTo(_cmdlet.GetVariableValue(preferenceVariable), out ActionPreference preference)
        || preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
