using EpPromo.Codes;

namespace EpPromo.Usages;

/// <summary>Counts how codes are used: first all usages are added, then the codes, one after another.</summary>
internal sealed class CodeMeter
{
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<string, List<PromotionUsage>> _byCode = new(CodeComparer.Instance);
    private readonly Dictionary<string, List<PromotionUsage>> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<DateTime, long> _byDay = [];
    private readonly HashSet<string> _usages = new(StringComparer.Ordinal);
    private long _codes;
    private long _used;
    private long _timesUsed;
    private long? _usesLeft = 0;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>Nothing is counted yet.</summary>
    /// <param name="zone">Where days begin and end.</param>
    public CodeMeter(TimeZoneInfo zone) => _zone = zone;

    /// <summary>How many codes have been added.</summary>
    public long Codes => Volatile.Read(ref _codes);

    /// <summary>Adds a usage. It counts if its code is added later.</summary>
    public void Add(PromotionUsage usage)
    {
        // A usage may lack the text of its code (api-contract.md section 6).
        if (usage.Code.Length > 0)
        {
            Of(_byCode, usage.Code).Add(usage);
        }
        else if (usage.CodeId is { } id)
        {
            Of(_byId, id).Add(usage);
        }
    }

    /// <summary>Adds a code, and what its usages say.</summary>
    public void Add(PromotionCode code)
    {
        _codes++;
        _usesLeft += code.Uses;
        long times = 0;
        foreach (PromotionUsage usage in UsagesOf(code).Where(usage => _usages.Add(usage.UsageId)))
        {
            times += Add(usage.UsedOn, usage.TimesUsed ?? 1);
        }

        // A list of usages may lag behind, or lack some. Of a code with a limit, the store also reports what is left of it.
        times = Math.Max(times, code is { MaxUses: { } max, Uses: { } left } ? max - left : 0);
        _timesUsed += times;
        _used += times > 0 ? 1 : 0;
    }

    /// <summary>What was counted. Whose codes they are, and the promotion's room, are not set.</summary>
    public CodeMeasurement ToMeasurement() => new()
    {
        Codes = _codes,
        Used = _used,
        TimesUsed = _timesUsed,
        UsesLeft = _usesLeft,
        FirstUsed = _first,
        LastUsed = _last,
        UsesByDay = [.. _byDay.Select(day => new DailyUses(day.Key, day.Value))],
    };

    private int Add(DateTimeOffset? usedOn, int times)
    {
        if (usedOn is { } at)
        {
            DateTime day = TimeZoneInfo.ConvertTime(at, _zone).Date;
            _byDay[day] = (_byDay.TryGetValue(day, out long before) ? before : 0) + times;
            _first = _first < at ? _first : at;
            _last = _last > at ? _last : at;
        }

        return times;
    }

    /// <summary>A code that was deleted and added again has another id, and the usages of the deleted one are not its own.</summary>
    private IEnumerable<PromotionUsage> UsagesOf(PromotionCode code) =>
        Of(_byCode, code.Text, isAdded: false).Where(usage => usage.CodeId is null || code.CodeId is null || IsSame(usage.CodeId, code.CodeId))
            .Concat(code.CodeId is { } id ? Of(_byId, id, isAdded: false) : []);

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static List<PromotionUsage> Of(Dictionary<string, List<PromotionUsage>> index, string key, bool isAdded = true)
    {
        if (!index.TryGetValue(key, out List<PromotionUsage>? usages))
        {
            usages = [];
            if (isAdded)
            {
                index[key] = usages;
            }
        }

        return usages;
    }
}
