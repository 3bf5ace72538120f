using EpPromo.PowerShell.Parameters;
using EpPromo.Text;

namespace EpPromo.PowerShell.Sessions;

/// <summary>
/// What makes stores read-only besides <c>-ReadOnly</c>: environment variables, for every store of the process, and, for the store of the
/// environment, that a store of this process was connected with <c>-ReadOnly</c>.
/// </summary>
internal static class ReadOnlyMode
{
    /// <summary>The second one is that of Elastic Path's own command line (api-contract.md section 1).</summary>
    private static readonly string[] s_variables = ["EPCC_READ_ONLY", "EPCC_CLI_READ_ONLY"];

    private static volatile bool s_isRemembered;

    /// <summary>
    /// Whether a store was connected with -ReadOnly in this process. A new runspace, such as one of ForEach-Object -Parallel, has no connected
    /// store, and would otherwise write to the store of the environment unnoticed.
    /// </summary>
    public static bool IsRemembered => s_isRemembered;

    /// <summary>Remembers, for the rest of the process, that a store was connected with -ReadOnly.</summary>
    public static void Remember() => s_isRemembered = true;

    /// <summary>
    /// Why the variables forbid to write, as part of a message; null if they do not. A value that cannot be read forbids it, too.
    /// </summary>
    public static string? Reason() => s_variables
        .Select(variable => (Variable: variable, Value: Value(variable)))
        .Where(read => read.Value.Length > 0 && YesNo.Parse(read.Value) != false)
        .Select(read => MessageText.Of(YesNo.Parse(read.Value) is null ? SR.DetailReadOnlyVariableUnclear : SR.DetailReadOnlyVariable, read.Variable))
        .FirstOrDefault();

    /// <summary>Throws if the value of a variable is neither yes nor no. The message omits it: it may be a secret that was pasted there.</summary>
    /// <exception cref="EpPromoException">It is neither.</exception>
    public static void CheckVariables()
    {
        foreach (string variable in s_variables)
        {
            if (Value(variable) is { Length: > 0 } value && YesNo.Parse(value) is null)
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadReadOnlyVariable), variable);
            }
        }
    }

    private static string Value(string variable) => (Environment.GetEnvironmentVariable(variable) ?? "").Trim();
}
