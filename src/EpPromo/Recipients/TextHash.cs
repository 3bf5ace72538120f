namespace EpPromo.Recipients;

/// <summary>
/// The first 128 bits of the SHA-256 of a text. A set of texts needs 16 bytes for each of them this way, however long they are, and nobody
/// can choose two texts that have the same.
/// </summary>
/// <param name="First">Bits 0 to 63.</param>
/// <param name="Second">Bits 64 to 127.</param>
internal readonly record struct TextHash(ulong First, ulong Second);
