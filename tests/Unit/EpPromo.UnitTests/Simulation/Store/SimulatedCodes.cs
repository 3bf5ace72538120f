using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The codes of one promotion. They are written down only when somebody looks: most scenarios never do, and large ones would drown.
/// </summary>
internal sealed class SimulatedCodes
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int PartLength = 4;

    private readonly string _promotionId;
    private readonly SimulatedRandom _random;
    private readonly Func<TimeSpan> _lag;
    private readonly Queue<EndedJob> _unwritten = new();
    private readonly SortedDictionary<string, SimulatedCode> _codes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The codes of a new promotion.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="random">Draws the texts.</param>
    /// <param name="lag">Draws how much later than it happens a change shows in the lists.</param>
    public SimulatedCodes(string promotionId, SimulatedRandom random, Func<TimeSpan> lag)
    {
        _promotionId = promotionId;
        _random = random;
        _lag = lag;
    }

    /// <summary>All codes that have ever been here.</summary>
    public IEnumerable<SimulatedCode> All
    {
        get
        {
            WriteDown();
            return _codes.Values;
        }
    }

    /// <summary>A job has ended, and with it its codes are made, all in its time, or deleted again.</summary>
    public void Ended(SimulatedJob job, bool stay, TimeSpan now) => _unwritten.Enqueue(new EndedJob(job, job.Now, stay, now));

    /// <summary>Somebody adds a code by hand.</summary>
    public void Add(string? prefix, DateTimeOffset createdAt, TimeSpan now) => Add(prefix, null, createdAt, null, now + _lag());

    /// <summary>What the list shows: the codes that sort after one, by their texts.</summary>
    public List<PromotionCode> SeenAt(TimeSpan instant, string? after) =>
    [
        .. All.Where(code => code.IsSeenAt(instant) && (after is null || StringComparer.OrdinalIgnoreCase.Compare(code.Text, after) > 0))
            .Select(code => code.Code),
    ];

    /// <summary>Deletes codes; those that are gone already are no error.</summary>
    /// <returns>How many it has deleted.</returns>
    public int Delete(IEnumerable<string> texts, TimeSpan now)
    {
        WriteDown();
        int deleted = 0;
        foreach (string text in texts)
        {
            if (_codes.TryGetValue(text, out SimulatedCode? code) && code.Exists)
            {
                code.Delete(now + _lag());
                deleted++;
            }
        }

        return deleted;
    }

    private void WriteDown()
    {
        while (_unwritten.TryDequeue(out EndedJob? ended))
        {
            PromotionJob job = ended.End;
            NewJob asked = ended.Job.Asked;
            int made = ended.Job.Made;
            for (int i = 1; i <= made; i++)
            {
                DateTimeOffset createdAt = job.CreatedAt!.Value + (job.Duration!.Value * i / (made + 1));
                SimulatedCode code = Add(asked.CodePrefix, asked.CodeLength, createdAt, job.JobId, ended.At + _lag());
                if (!ended.Stay)
                {
                    code.Delete(ended.At + _lag());
                }
            }
        }
    }

    private SimulatedCode Add(string? prefix, int? length, DateTimeOffset createdAt, string? jobId, TimeSpan visibleAt)
    {
        string start = string.IsNullOrEmpty(prefix) ? "" : prefix.TrimEnd('-') + "-";
        while (true)
        {
            string text = start + string.Join('-', Enumerable.Range(0, (length ?? NewJob.MinCodeLength) / PartLength).Select(_ => Part()));
            SimulatedCode code = new(
                new PromotionCode { PromotionId = _promotionId, Code = text, CreatedAt = createdAt }, jobId, visibleAt);
            if (_codes.TryAdd(text, code))
            {
                return code;
            }
        }
    }

    private string Part() => string.Create(PartLength, _random, static (part, random) =>
    {
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = Alphabet[random.Next(Alphabet.Length)];
        }
    });

    private sealed record EndedJob(SimulatedJob Job, PromotionJob End, bool Stay, TimeSpan At);
}
