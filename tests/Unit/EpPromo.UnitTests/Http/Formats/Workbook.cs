using System.IO.Compression;
using System.Xml.Linq;

namespace EpPromo.UnitTests.Http.Formats;

/// <summary>The cells of a workbook, read from its XML as Excel would.</summary>
internal sealed class Workbook
{
    private static readonly XNamespace s_main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private readonly XDocument[] _sheets;

    private Workbook(string[] names, XDocument[] sheets)
    {
        Sheets = names;
        _sheets = sheets;
    }

    /// <summary>The names of the worksheets.</summary>
    public IReadOnlyList<string> Sheets { get; }

    /// <summary>How many formulas the workbook has.</summary>
    public int FormulaCount => _sheets.Sum(sheet => sheet.Descendants(s_main + "f").Count());

    public static Workbook Of(Stream file)
    {
        using ZipArchive parts = new(file, ZipArchiveMode.Read, leaveOpen: true);
        string[] names = [.. Part(parts, "xl/workbook.xml").Descendants(s_main + "sheet").Select(sheet => sheet.Attribute("name")!.Value)];
        return new Workbook(names, [.. names.Select((_, index) => Part(parts, $"xl/worksheets/sheet{index + 1}.xml"))]);
    }

    /// <summary>The rows of a worksheet, counted from 1: of each cell its value, and <c>text</c> or <c>number</c>; empty cells are null.</summary>
    public IReadOnlyList<(string Value, string Type)?[]> Rows(int sheet) =>
        [.. _sheets[sheet - 1].Descendants(s_main + "row").Select(row => row.Elements(s_main + "c").Select(Read).ToArray())];

    private static XDocument Part(ZipArchive parts, string name)
    {
        using Stream part = parts.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }

    private static (string Value, string Type)? Read(XElement cell) =>
        cell.Attribute("t")?.Value == "inlineStr" ? (string.Concat(cell.Descendants(s_main + "t").Select(text => text.Value)), "text")
        : cell.Element(s_main + "v") is { } value ? (value.Value, "number")
        : null;
}
