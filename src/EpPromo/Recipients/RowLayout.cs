namespace EpPromo.Recipients;

/// <summary>Where the values of a row of the list belong.</summary>
/// <param name="Targets">For each value, the position of its column in the list's columns; -1 for the column of codes.</param>
/// <param name="Key">The value that identifies the recipient, or -1 if the row has none.</param>
/// <param name="Code">The value in the column of codes, or -1.</param>
internal sealed record RowLayout(int[] Targets, int Key, int Code);
