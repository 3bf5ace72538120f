namespace EpPromo.Runs;

/// <summary>
/// How fast the runs of a call make codes, and how long the rest will take, seen from outside: it is shown the runs' states again and
/// again. Of the runs that have ended only the sums are kept, so that a thousand promotions take no more memory than ten.
/// </summary>
internal sealed class RunRateEstimate
{
    private readonly List<WatchedRun> _open = [];
    private readonly Dictionary<RunState, WatchedRun> _byRun = [];
    private readonly DateTimeOffset _started;
    private readonly TimeSpan _lastLook;
    private int _ended;
    private long _wantedByEnded;
    private long _madeByEnded;
    private long _madeNowByEnded;
    private TimeSpan _makingByEnded;
    private DateTimeOffset _lastMade;
    private long _madeNow;
    private TimeSpan _making;

    /// <summary>The pace of a call.</summary>
    /// <param name="started">When it began.</param>
    /// <param name="lastLook">How long each run waits when all its codes are made, for others' jobs to show.</param>
    public RunRateEstimate(DateTimeOffset started, TimeSpan lastLook)
    {
        _started = started;
        _lastLook = lastLook;
        _lastMade = started;
    }

    /// <summary>How many runs have ended.</summary>
    public int Ended => _ended;

    /// <summary>How many runs there are.</summary>
    public int Runs => _ended + _open.Count;

    /// <summary>Whether a run has not ended.</summary>
    public bool IsAnyOpen => _open.Exists(one => !one.Run.IsEnded);

    /// <summary>How many runs wait to look once more; they hold no slot.</summary>
    public int Pausing => _open.Count(one => one.Run.PausesUntil is not null);

    /// <summary>How many runs wait for jobs of others that are in their way; they hold no slot.</summary>
    public int GivingWay => _open.Count(one => one.Run is { IsResting: true, PausesUntil: null, IsEnded: false });

    /// <summary>The runs that hold a slot.</summary>
    public IEnumerable<RunState> AtWork => _open.Where(one => one.Run.IsAtWork).Select(one => one.Run);

    /// <summary>Takes in a run that is about to begin.</summary>
    public void Add(RunState run)
    {
        WatchedRun one = new(run);
        _open.Add(one);
        _byRun.Add(run, one);
    }

    /// <summary>Looks at the runs.</summary>
    public void Look(DateTimeOffset now)
    {
        _open.RemoveAll(one =>
        {
            // First, so that what it made last is not missed.
            bool hasEnded = one.Run.IsEnded;
            if (one.Look(now))
            {
                _lastMade = now;
            }

            if (hasEnded)
            {
                Fold(one);
            }

            return hasEnded;
        });
        _madeNow = _madeNowByEnded + _open.Sum(one => one.MadeNow);
        _making = _makingByEnded + TimeSpan.FromTicks(_open.Sum(one => one.Making.Ticks));
    }

    /// <summary>How far all are, as last looked at.</summary>
    public RunProgressSnapshot OfAll(DateTimeOffset now)
    {
        long missing = _open.Sum(one => one.Missing);
        // The waiting at the end makes nothing, and says nothing of how fast codes were made.
        double? rate = Rate(_madeNow, (missing > 0 ? now : _lastMade) - _started);
        TimeSpan? pause = _open.Max(one => one.Run.PausesUntil) - now;
        TimeSpan? left = missing > 0 ? TimeFor(missing, rate) + _lastLook : pause;
        return new RunProgressSnapshot(
            _madeByEnded + _open.Sum(one => (long)one.Made), _wantedByEnded + _open.Sum(one => (long)one.Run.Requested), rate, NotNegative(left));
    }

    /// <summary>How far one is, as last looked at. Before it has made codes itself, what the others took tells how fast it will be.</summary>
    public RunProgressSnapshot Of(RunState run, DateTimeOffset now)
    {
        WatchedRun one = _byRun.TryGetValue(run, out WatchedRun? open)
            ? open
            : throw new ArgumentException($"The run on {run.PromotionId} is not open.", nameof(run));
        double? rate = Rate(one.MadeNow, one.Making) ?? Rate(_madeNow, _making);
        TimeSpan? left = one.Missing > 0 ? TimeFor(one.Missing, rate) - (now - one.Since) : null;
        return new RunProgressSnapshot(one.Made, run.Requested, rate, NotNegative(left));
    }

    private void Fold(WatchedRun one)
    {
        _byRun.Remove(one.Run);
        _ended++;
        _wantedByEnded += one.Run.Requested;
        _madeByEnded += one.Made;
        _madeNowByEnded += one.MadeNow;
        _makingByEnded += one.Making;
    }

    private static double? Rate(long made, TimeSpan time) => made > 0 && time > TimeSpan.Zero ? made / time.TotalSeconds : null;

    private static TimeSpan? TimeFor(long codes, double? rate) => rate is { } known ? TimeSpan.FromSeconds(codes / known) : null;

    private static TimeSpan? NotNegative(TimeSpan? time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    /// <summary>A run, and when it was seen to have made codes.</summary>
    private sealed class WatchedRun
    {
        private DateTimeOffset? _lastMade;

        public WatchedRun(RunState run)
        {
            Run = run;
            Made = run.Generated;
        }

        public RunState Run { get; }

        public int Made { get; private set; }

        /// <summary>What this sitting has made.</summary>
        public long MadeNow => Made - Run.FoundAtStart;

        public long Missing => Run.Requested - Made;

        /// <summary>Since when it makes the codes that come next.</summary>
        public DateTimeOffset Since => _lastMade ?? Run.Started;

        /// <summary>How long it took to make what it has made.</summary>
        public TimeSpan Making => MadeNow > 0 ? Since - Run.Started : TimeSpan.Zero;

        /// <returns>Whether it has made codes since the last look.</returns>
        public bool Look(DateTimeOffset now)
        {
            int made = Run.Generated;
            if (made == Made)
            {
                return false;
            }

            // What it found there was not made now.
            bool isNew = made > Run.FoundAtStart;
            _lastMade = isNew ? now : null;
            Made = made;
            return isNew;
        }
    }
}
