namespace EpPromo.Codes;

/// <summary>The format of a file of codes.</summary>
internal enum CodeFileFormat
{
    /// <summary>CSV as the store writes it, byte for byte.</summary>
    Csv,

    /// <summary>A JSON array with an object for each code.</summary>
    Json,

    /// <summary>A JSON object for each code, one in a line.</summary>
    JsonLines,

    /// <summary>A workbook of Excel.</summary>
    Xlsx,
}
