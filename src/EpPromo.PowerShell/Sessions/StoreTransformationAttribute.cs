using System.Globalization;
using System.Management.Automation;
using EpPromo.PowerShell.Parameters;

namespace EpPromo.PowerShell.Sessions;

/// <summary>
/// Accepts the name of a store in place of the store. An empty value stays empty, so that <c>-Store $stage</c> with a misspelled variable is
/// an error and does not select the default.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class StoreTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes several stores.</summary>
    public bool IsList { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (EmptyValue.Is(inputData))
        {
            return null;
        }

        object data = EmptyValue.Unwrapped(inputData)!;
        object?[] items = data is not string && LanguagePrimitives.GetEnumerable(data) is { } list ? [.. list.Cast<object?>()] : [inputData];
        if (items.Length != 1 && !IsList)
        {
            throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotOneStore, items.Length));
        }

        EpStore?[] stores = [.. items.Select(Find)];
        if (!IsList)
        {
            CheckReadOnly(items[0], stores[0]);
        }

        return IsList ? stores : stores[0];
    }

    /// <summary>
    /// Fails if <paramref name="item"/> is the copy of a read-only store, and the store of its name in this process can be written to. In
    /// another process, both may have the name of the host.
    /// </summary>
    private static void CheckReadOnly(object? item, EpStore? store)
    {
        if (store is { ReadOnly: false } && PSObject.AsPSObject(item).Properties[nameof(EpStore.ReadOnly)]?.Value is true)
        {
            throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailStoreNotReadOnly, store.Name));
        }
    }

    /// <summary>The store that <paramref name="item"/> is or names; null if it is empty.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">No store has that name, or it is something else.</exception>
    public static EpStore? Find(object? item)
    {
        if (EmptyValue.Is(item))
        {
            return null;
        }

        object value = EmptyValue.Unwrapped(item)!;
        if (value is EpStore store)
        {
            return store;
        }

        // A store that was in another process has come as a copy without a connection.
        string? name = (value as string ?? PSObject.AsPSObject(item).Properties[nameof(EpStore.Name)]?.Value as string)?.Trim();
        try
        {
            return string.IsNullOrEmpty(name)
                ? throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotStore, value.GetType().Name))
                : SessionStores.Current.Get(name!);
        }
        catch (EpPromoException e)
        {
            throw new ArgumentTransformationMetadataException($"{e.Message} {e.RecommendedAction}", e);
        }
    }
}
