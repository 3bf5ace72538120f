using System.Collections;
using System.Data;
using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Recipients;

/// <summary>Converts between objects in the pipeline and the rows of a list of recipients.</summary>
internal sealed class RecipientRows
{
    /// <summary>A property of the output that is no column: whether this merge gave the recipient their code.</summary>
    public const string CodeIsNew = "CodeIsNew";

    private string[] _names = [];

    /// <summary>
    /// The columns and values of an object: its properties, as Export-Csv writes them; of a hashtable its entries. The array of names is the
    /// same as long as the names are.
    /// </summary>
    public (IReadOnlyList<string> Names, IReadOnlyList<string> Values) Read(PSObject recipient)
    {
        List<string> values = new(_names.Length + 1);
        List<string>? names = null;
        foreach ((string name, object? value) in Properties(recipient))
        {
            if (name == CodeIsNew)
            {
                // The object comes from an earlier merge.
                continue;
            }

            if (names is null && (values.Count >= _names.Length || _names[values.Count] != name))
            {
                names = [.. _names.Take(values.Count)];
            }

            names?.Add(name);
            values.Add(Text(value));
        }

        if (names is not null || values.Count < _names.Length)
        {
            _names = [.. names ?? [.. _names.Take(values.Count)]];
        }

        return (_names, values);
    }

    /// <summary>The object for a row of the merged list.</summary>
    public static PSObject ToObject(IReadOnlyList<string> columns, IReadOnlyList<string> values, bool isNew)
    {
        PSObject row = new();
        for (int i = 0; i < columns.Count; i++)
        {
            // Checking whether the name exists already would take most of the time. The columns are different ones.
            row.Properties.Add(new PSNoteProperty(columns[i], values[i]), preValidated: true);
        }

        row.Properties.Add(new PSNoteProperty(CodeIsNew, isNew), preValidated: true);
        return row;
    }

    private static IEnumerable<(string Name, object? Value)> Properties(PSObject recipient)
    {
        object inner = recipient.BaseObject;
        if (inner is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                yield return (Text(entry.Key), entry.Value);
            }

            yield break;
        }

        DataRow? row = (inner as DataRowView)?.Row ?? inner as DataRow;
        if (row is not null)
        {
            foreach (DataColumn column in row.Table.Columns)
            {
                yield return (column.ColumnName, row[column]);
            }

            yield break;
        }

        foreach (PSPropertyInfo property in recipient.Properties)
        {
            yield return (property.Name, ValueOf(property));
        }
    }

    /// <summary>The value of a property; none if reading it fails, as Export-Csv does: an object of the system can have such a property.</summary>
    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>The text of a value, the same in every culture; a time in ISO 8601.</summary>
    private static string Text(object? value)
    {
        object? inner = value is PSObject wrapped ? wrapped.BaseObject : value;
        return inner switch
        {
            null or DBNull => "",
            string text => text,
            DateTime or DateTimeOffset => ((IFormattable)inner).ToString("o", CultureInfo.InvariantCulture),
            _ => LanguagePrimitives.ConvertTo<string>(value),
        };
    }
}
