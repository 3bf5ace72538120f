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

    private readonly List<string> _names = [];
    private readonly List<string> _values = [];
    private string[] _lastNames = [];

    /// <summary>
    /// The columns and values of an object: its properties, as Export-Csv writes them; of a hashtable its entries. The array of names is the
    /// same one as long as the names are the same.
    /// </summary>
    public (IReadOnlyList<string> Names, string[] Values) Read(PSObject recipient)
    {
        _names.Clear();
        _values.Clear();
        object inner = recipient.BaseObject;
        if (inner is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                Add(Text(entry.Key), entry.Value);
            }
        }
        else if (((inner as DataRowView)?.Row ?? inner as DataRow) is { } row)
        {
            foreach (DataColumn column in row.Table.Columns)
            {
                Add(column.ColumnName, row[column]);
            }
        }
        else
        {
            foreach (PSPropertyInfo property in recipient.Properties)
            {
                Add(property.Name, ValueOf(property));
            }
        }

        if (!_names.SequenceEqual(_lastNames))
        {
            _lastNames = [.. _names];
        }

        return (_lastNames, [.. _values]);
    }

    /// <summary>The object for a row of the merged list.</summary>
    public static PSObject ToObject(IReadOnlyList<string> columns, IReadOnlyList<string> values, bool isNew)
    {
        PSObject row = CustomObject.New(columns.Count + 1);
        for (int i = 0; i < columns.Count; i++)
        {
            // Checking whether the name exists already would take most of the time. The columns are different ones.
            row.Properties.Add(new PSNoteProperty(columns[i], values[i]), preValidated: true);
        }

        row.Properties.Add(new PSNoteProperty(CodeIsNew, isNew), preValidated: true);
        return row;
    }

    private void Add(string name, object? value)
    {
        // The object may come from an earlier merge.
        if (name != CodeIsNew)
        {
            _names.Add(name);
            _values.Add(Text(value));
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
