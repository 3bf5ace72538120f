using System.Globalization;
using System.Management.Automation;

namespace EpPromo.ModuleTests.Secrets;

/// <summary>All texts of an error record except its invocation, which repeats what the user has typed, secrets included.</summary>
internal static class ErrorRecordText
{
    public static IReadOnlyList<string> Of(ErrorRecord record) => VisibleText.Of(
        record.ToString(), record.Exception, record.TargetObject, record.CategoryInfo, record.CategoryInfo.GetMessage(CultureInfo.InvariantCulture),
        record.ErrorDetails, record.FullyQualifiedErrorId);
}
