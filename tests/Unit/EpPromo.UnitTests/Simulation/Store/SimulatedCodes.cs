using EpPromo.Codes;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The codes of one promotion. A job's codes are created only when they are first read: most scenarios never read them, and the largest
/// run has a hundred million.
/// </summary>
internal sealed class SimulatedCodes
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int GroupLength = 4;

    private readonly string _promotionId;
    private readonly SimulatedRandom _random;
    private readonly Func<TimeSpan> _lag;
    private readonly Queue<EndedJob> _unread = new();
    private readonly SortedDictionary<string, SimulatedCode> _codes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The codes of a new promotion.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="random">Draws the texts.</param>
    /// <param name="lag">Draws how much later lists show a change.</param>
    public SimulatedCodes(string promotionId, SimulatedRandom random, Func<TimeSpan> lag)
    {
        _promotionId = promotionId;
        _random = random;
        _lag = lag;
    }

    /// <summary>Codes that were deleted, and then added again.</summary>
    public List<SimulatedCode> Replaced { get; } = [];

    /// <summary>All codes, deleted ones included unless they were added again.</summary>
    public IEnumerable<SimulatedCode> All
    {
        get
        {
            CreateCodes();
            return _codes.Values;
        }
    }

    /// <summary>Adds the codes of a job that has ended; their times are spread over the job's duration.</summary>
    /// <param name="job">The job.</param>
    /// <param name="keep">Whether the codes stay; otherwise the store deletes them at once.</param>
    /// <param name="now">The time since the start of the world.</param>
    public void AddCodesOf(SimulatedJob job, bool keep, TimeSpan now) => _unread.Enqueue(new EndedJob(job, job.Current, keep, now));

    /// <summary>Adds a single code, as a client other than the module does.</summary>
    public void Add(string? prefix, DateTimeOffset createdAt, TimeSpan now) => Add(prefix, null, createdAt, null, now + _lag());

    /// <summary>Whether the promotion has a code, whatever lists show.</summary>
    public bool Exists(string text)
    {
        CreateCodes();
        return _codes.TryGetValue(text, out SimulatedCode? code) && code.Exists;
    }

    /// <summary>Adds a code that does not exist.</summary>
    /// <param name="request">The code.</param>
    /// <param name="callNumber">The call that adds it.</param>
    /// <param name="createdAt">The time that the store gives it.</param>
    /// <param name="now">The time since the start of the world.</param>
    /// <param name="latestVisible">By when lists must show it.</param>
    public SimulatedCode Add(NewCode request, int callNumber, DateTimeOffset createdAt, TimeSpan now, TimeSpan latestVisible)
    {
        TimeSpan visibleAt = now + _lag();
        SimulatedCode added = new(
            new PromotionCode(new ListedCode { PromotionId = _promotionId, Code = request.Text, MaxUses = request.MaxUses, CreatedAt = createdAt }),
            null,
            visibleAt < latestVisible ? visibleAt : latestVisible,
            callNumber);
        if (_codes.Remove(request.Text, out SimulatedCode? deleted))
        {
            Replaced.Add(deleted);
        }

        _codes.Add(request.Text, added);
        return added;
    }

    /// <summary>The codes that lists show at a time, in the order of their texts: all of them, or those that sort after one.</summary>
    public List<PromotionCode> VisibleAt(TimeSpan time, string? after) =>
    [
        .. All.Where(code => code.IsVisibleAt(time) && (after is null || StringComparer.OrdinalIgnoreCase.Compare(code.Text, after) > 0))
            .Select(code => code.Code),
    ];

    /// <summary>Deletes codes; codes that no longer exist are no error.</summary>
    /// <param name="texts">The codes.</param>
    /// <param name="now">The time since the start of the world.</param>
    /// <param name="latestHidden">By when lists must no longer show them.</param>
    /// <returns>How many codes were deleted.</returns>
    public int Delete(IEnumerable<string> texts, TimeSpan now, TimeSpan latestHidden)
    {
        CreateCodes();
        int deleted = 0;
        foreach (string text in texts)
        {
            if (_codes.TryGetValue(text, out SimulatedCode? code) && code.Exists)
            {
                TimeSpan hiddenAt = now + _lag();
                code.Delete(hiddenAt < latestHidden ? hiddenAt : latestHidden);
                deleted++;
            }
        }

        return deleted;
    }

    private void CreateCodes()
    {
        while (_unread.TryDequeue(out EndedJob? ended))
        {
            PromotionJob job = ended.LastState;
            NewJob request = ended.Job.Request;
            int count = ended.Job.GeneratedCodes;
            for (int i = 1; i <= count; i++)
            {
                DateTimeOffset createdAt = job.CreatedAt!.Value + (job.Duration!.Value * i / (count + 1));
                SimulatedCode code = Add(request.CodePrefix, request.CodeLength, createdAt, job.JobId, ended.EndedAt + _lag());
                if (!ended.Keep)
                {
                    code.Delete(ended.EndedAt + _lag());
                }
            }
        }
    }

    private SimulatedCode Add(string? prefix, int? length, DateTimeOffset createdAt, string? jobId, TimeSpan visibleAt)
    {
        string start = string.IsNullOrEmpty(prefix) ? "" : prefix.TrimEnd('-') + "-";
        while (true)
        {
            string text = start + string.Join('-', Enumerable.Range(0, (length ?? NewJob.MinCodeLength) / GroupLength).Select(_ => DrawGroup()));
            SimulatedCode code = new(
                new PromotionCode(new ListedCode { PromotionId = _promotionId, Code = text, CreatedAt = createdAt }), jobId, visibleAt);
            if (_codes.TryAdd(text, code))
            {
                return code;
            }
        }
    }

    private string DrawGroup() => string.Create(GroupLength, _random, static (group, random) =>
    {
        for (int i = 0; i < group.Length; i++)
        {
            group[i] = Alphabet[random.Next(Alphabet.Length)];
        }
    });

    private sealed record EndedJob(SimulatedJob Job, PromotionJob LastState, bool Keep, TimeSpan EndedAt);
}
