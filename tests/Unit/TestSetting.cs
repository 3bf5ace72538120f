using System.Globalization;

namespace EpPromo.Tests;

/// <summary>Numbers from environment variables, with which build.ps1 runs more cases of a test than the suite does.</summary>
internal static class TestSetting
{
    /// <summary>The number in a variable, or the default if the variable is not set.</summary>
    public static int Read(string variable, int defaultValue) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : defaultValue;
}
