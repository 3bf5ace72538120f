using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Security;

namespace EpPromo.ModuleTests.Secrets;

/// <summary>
/// Every text that a person or a script can reach from an object: its properties, fields and items, recursively, and each ToString.
/// Includes the inner exceptions, targets and invocations of errors.
/// </summary>
internal sealed class VisibleText
{
    private const int MaxDepth = 12;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _texts = [];

    public static IReadOnlyList<string> Of(params object?[] roots)
    {
        VisibleText all = new();
        foreach (object? root in roots)
        {
            all.Visit(root, 0);
        }

        return all._texts;
    }

    private void Visit(object? item, int depth)
    {
        switch (item)
        {
            // An invocation refers to the engine itself: to the session with the variables in which the tests keep the secrets.
            case null or Type or MemberInfo or Assembly or Module or Delegate or Task or SecureString:
            case CommandInfo or PSModuleInfo or SessionState or EngineIntrinsics or Runspace or PSHost or ScriptBlock:
                return;
            case string text:
                _texts.Add(text);
                return;
            case PSObject { BaseObject: FileSystemInfo file }:
                // A file refers to its drive and provider, and they to all others.
                _texts.Add(file.FullName);
                return;
            case PSObject wrapped:
                foreach (PSPropertyInfo property in wrapped.Properties.Where(property => property is PSNoteProperty))
                {
                    Visit(property.Value, depth + 1);
                }

                Visit(wrapped.BaseObject is PSCustomObject ? null : wrapped.BaseObject, depth);
                return;
        }

        _texts.Add(item.ToString() ?? "");
        if (depth == MaxDepth || item.GetType().IsPrimitive || item is DateTimeOffset or TimeSpan || (!item.GetType().IsValueType && !_seen.Add(item)))
        {
            return;
        }

        if (item is IEnumerable list)
        {
            foreach (object? child in list)
            {
                Visit(child, depth + 1);
            }
        }

        foreach (object? value in Members(item))
        {
            Visit(value, depth + 1);
        }
    }

    private static IEnumerable<object?> Members(object item)
    {
        foreach (PropertyInfo property in item.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            yield return Read(() => property.GetValue(item));
        }

        foreach (FieldInfo field in item.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            yield return field.GetValue(item);
        }
    }

    /// <summary>The value of a property, or the exception of its getter, which is searched as well.</summary>
    private static object? Read(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
    }
}
