using EpPromo.Text;

namespace EpPromo.Codes.Exports;

/// <summary>
/// Codes that could be those of <see cref="OwnCodes"/> by prefix and time, and whether they are: codes of others can look like them, and
/// some of them can be missing.
/// </summary>
internal sealed class FoundCodes
{
    private readonly OwnCodes _own;
    private readonly JobTimes _times;
    private readonly JobTimes _others;
    private readonly string _prefix;
    private readonly List<PromotionCode> _atBoundary = [];
    private readonly List<string> _otherForm = [];
    private bool _mayBeOfOthers;

    /// <summary>No codes yet.</summary>
    /// <param name="own">The codes to find.</param>
    /// <param name="otherJobs">Other jobs of the promotion, as far as they are known.</param>
    public FoundCodes(OwnCodes own, IEnumerable<PromotionJob> otherJobs)
    {
        _own = own;
        _times = new JobTimes(own.Jobs);
        _others = TimesOf(otherJobs);
        _prefix = NormalizedText.Of(own.CodePrefix ?? "");
    }

    /// <summary>The codes, as files and lists contain them.</summary>
    public HashSet<string> Texts { get; } = new(CodeComparer.Instance);

    /// <summary>
    /// Whether there are as many as the jobs should have generated, all of them have the form of generated codes, and none can be of another
    /// known job. If some were missing, only codes of others could make up the number.
    /// </summary>
    public bool AreClear => Texts.Count == _own.Count && _otherForm.Count == 0 && !_mayBeOfOthers;

    /// <summary>Whether codes were created in a second in which one of the jobs started or ended, so that an adjacent job may have generated them.</summary>
    public bool AreAtBoundary => _atBoundary.Count > 0;

    /// <summary>Whether one of the jobs could have generated a code that has the prefix.</summary>
    public bool CouldBeOwn(PromotionCode code) => _times.CouldHaveGenerated(code);

    /// <summary>Whether a code has the prefix.</summary>
    public bool HasPrefix(PromotionCode code) => JobCodeFinder.HasPrefix(code, _prefix);

    /// <summary>Adds a code that could be one of the own.</summary>
    public void Add(PromotionCode code)
    {
        if (!Texts.Add(code.Text))
        {
            return;
        }

        _mayBeOfOthers |= _others.CouldHaveGenerated(code);
        if (!_own.HasForm(code))
        {
            _otherForm.Add(code.Text);
        }

        if (_times.IsAtBoundary(code))
        {
            _atBoundary.Add(code);
        }
    }

    /// <summary>
    /// Removes the codes that somebody has typed during a job, if that explains why there are too many: they do not have the form of a
    /// generated code, and without them the number is the one that the jobs report.
    /// </summary>
    public void RemoveTyped()
    {
        if (_own.IsCountReported && _otherForm.Count > 0 && Texts.Count - _otherForm.Count == _own.Count)
        {
            Texts.ExceptWith(_otherForm);
            _otherForm.Clear();
        }
    }

    /// <summary>Whether one of the codes at a boundary could be of another job.</summary>
    /// <param name="jobs">All jobs of the promotion.</param>
    public bool MayBelongTo(IEnumerable<PromotionJob> jobs) => _atBoundary.Exists(TimesOf(jobs).CouldHaveGenerated);

    /// <summary>The times of the jobs whose codes could be mistaken for the own. What a job does not report is taken to be as bad as it can be.</summary>
    private JobTimes TimesOf(IEnumerable<PromotionJob> jobs) => new(jobs.Where(_own.MayResemble).Select(job => new PromotionJob(job)
    {
        CreatedAt = job.CreatedAt ?? DateTimeOffset.MinValue,
        UpdatedAt = job.IsFinished && job.UpdatedAt is { } ended ? ended : DateTimeOffset.MaxValue,
    }));
}
