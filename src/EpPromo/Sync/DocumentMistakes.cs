using EpPromo.Text;

namespace EpPromo.Sync;

/// <summary>The mistakes in a document. All are collected, so that they can be corrected at once.</summary>
internal sealed class DocumentMistakes
{
    /// <summary>A file in which more is wrong is probably wrong in the same way everywhere.</summary>
    private const int MaxShown = 10;

    private readonly List<string> _all = [];

    /// <summary>Adds a mistake: what is wrong, and where.</summary>
    public void Add(string mistake) => _all.Add(mistake);

    /// <summary>Rejects the document if it has mistakes.</summary>
    /// <exception cref="FormatException">It has; the message names the first ones.</exception>
    public void ThrowIfAny()
    {
        if (_all.Count > 0)
        {
            string first = string.Join("; ", _all.Take(MaxShown));
            throw new FormatException(_all.Count > MaxShown ? MessageText.Of(SR.DetailSyncMoreMistakes, first, _all.Count - MaxShown) : first);
        }
    }
}
