using System.Globalization;
using System.Management.Automation;

namespace EpPromo.ModuleTests.Secrets;

/// <summary>All that an error record holds, but for its invocation: that is what the user has typed, secret or not.</summary>
internal static class ErrorRecordText
{
    public static IReadOnlyList<string> Of(ErrorRecord record) => VisibleText.Of(
        record.ToString(), record.Exception, record.TargetObject, record.CategoryInfo, record.CategoryInfo.GetMessage(CultureInfo.InvariantCulture),
        record.ErrorDetails, record.FullyQualifiedErrorId);
}
