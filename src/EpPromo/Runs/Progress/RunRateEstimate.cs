using EpPromo.Runs.Execution;

namespace EpPromo.Runs.Progress;

/// <summary>
/// Estimates how fast the runs of a command generate codes, and how long the rest takes, by observing their states again and again. Of
/// runs that have ended it keeps only sums, so that a thousand promotions take no more memory than ten. Not thread-safe.
/// </summary>
internal sealed class RunRateEstimate
{
    private readonly List<ObservedRun> _open = [];
    private readonly Dictionary<RunState, ObservedRun> _openByState = [];
    private readonly DateTimeOffset _started;
    private readonly TimeSpan _finalCheckTime;
    private long _requestedByEnded;
    private long _generatedByEnded;
    private long _newByEnded;
    private TimeSpan _workTimeOfEnded;
    private DateTimeOffset _lastProgress;
    private long _newCodes;
    private TimeSpan _workTime;

    /// <summary>An estimate for the runs of a command.</summary>
    /// <param name="started">When the command started.</param>
    /// <param name="finalCheckTime">How long each run waits when all its codes are generated, to find jobs of other runners.</param>
    public RunRateEstimate(DateTimeOffset started, TimeSpan finalCheckTime)
    {
        _started = started;
        _finalCheckTime = finalCheckTime;
        _lastProgress = started;
    }

    /// <summary>How many runs have ended.</summary>
    public int Ended { get; private set; }

    /// <summary>How many runs there are.</summary>
    public int Runs => Ended + _open.Count;

    /// <summary>Whether a run has not ended.</summary>
    public bool IsAnyOpen => _open.Exists(run => !run.State.IsEnded);

    /// <summary>How many runs have yielded until lists are up to date, most of them in their final check.</summary>
    public int InFinalCheck => _open.Count(run => run.State.ResumesAt is not null);

    /// <summary>How many runs have yielded to a job that blocks theirs.</summary>
    public int WaitingForOtherJobs => _open.Count(run => run.State is { IsYielded: true, ResumesAt: null, IsEnded: false });

    /// <summary>The runs that the concurrency limit counts.</summary>
    public IEnumerable<RunState> Working => _open.Where(run => run.State.IsWorking).Select(run => run.State);

    /// <summary>Adds a run that is about to start.</summary>
    public void Add(RunState state)
    {
        ObservedRun run = new(state);
        _open.Add(run);
        _openByState.Add(state, run);
    }

    /// <summary>Takes in how far the runs are at <paramref name="now"/>.</summary>
    public void Observe(DateTimeOffset now)
    {
        _open.RemoveAll(run =>
        {
            // Read before the codes, so that the last ones of a run that ends meanwhile are not missed.
            bool hasEnded = run.State.IsEnded;
            if (run.Observe(now))
            {
                _lastProgress = now;
            }

            if (hasEnded)
            {
                AddToEnded(run);
            }

            return hasEnded;
        });
        _newCodes = _newByEnded + _open.Sum(run => run.NewCodes);
        _workTime = _workTimeOfEnded + TimeSpan.FromTicks(_open.Sum(run => run.WorkTime.Ticks));
    }

    /// <summary>The progress of all runs, as last observed.</summary>
    public RunProgressSnapshot Overall(DateTimeOffset now)
    {
        long missing = _open.Sum(run => run.Missing);

        // No codes are generated during the final check, so it is not part of the rate.
        double? rate = Rate(_newCodes, (missing > 0 ? now : _lastProgress) - _started);
        TimeSpan? lastResume = _open.Max(run => run.State.ResumesAt) - now;
        TimeSpan? remaining = missing > 0 ? TimeFor(missing, rate) + _finalCheckTime : lastResume;
        return new RunProgressSnapshot(
            _generatedByEnded + _open.Sum(run => (long)run.Generated),
            _requestedByEnded + _open.Sum(run => (long)run.State.Request.Count),
            rate,
            NotNegative(remaining));
    }

    /// <summary>
    /// The progress of one run, as last observed. Until it has generated codes itself, the rate of all runs stands for its own.
    /// </summary>
    /// <exception cref="ArgumentException">The run was not added, or has been observed to have ended.</exception>
    public RunProgressSnapshot Of(RunState state, DateTimeOffset now)
    {
        ObservedRun run = _openByState.TryGetValue(state, out ObservedRun? open)
            ? open
            : throw new ArgumentException($"The run on {state.Request.PromotionId} is not open.", nameof(state));
        double? rate = Rate(run.NewCodes, run.WorkTime) ?? Rate(_newCodes, _workTime);
        TimeSpan? remaining = run.Missing > 0 ? TimeFor(run.Missing, rate) - (now - run.LastProgress) : null;
        return new RunProgressSnapshot(run.Generated, state.Request.Count, rate, NotNegative(remaining));
    }

    private void AddToEnded(ObservedRun run)
    {
        _openByState.Remove(run.State);
        Ended++;
        _requestedByEnded += run.State.Request.Count;
        _generatedByEnded += run.Generated;
        _newByEnded += run.NewCodes;
        _workTimeOfEnded += run.WorkTime;
    }

    private static double? Rate(long codes, TimeSpan time) => codes > 0 && time > TimeSpan.Zero ? codes / time.TotalSeconds : null;

    private static TimeSpan? TimeFor(long codes, double? rate) => rate is { } known ? TimeSpan.FromSeconds(codes / known) : null;

    private static TimeSpan? NotNegative(TimeSpan? time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    /// <summary>A run, and when it was observed to have generated codes.</summary>
    private sealed class ObservedRun
    {
        private DateTimeOffset? _lastProgress;

        public ObservedRun(RunState state)
        {
            State = state;
            Generated = state.Generated;
        }

        public RunState State { get; }

        public int Generated { get; private set; }

        /// <summary>How many codes this session has generated.</summary>
        public long NewCodes => Generated - State.GeneratedAtStart;

        public long Missing => State.Request.Count - Generated;

        /// <summary>Since when it works on its next codes.</summary>
        public DateTimeOffset LastProgress => _lastProgress ?? State.Started;

        /// <summary>How long it took to generate <see cref="NewCodes"/>.</summary>
        public TimeSpan WorkTime => NewCodes > 0 ? LastProgress - State.Started : TimeSpan.Zero;

        /// <returns>Whether it has generated codes since it was last observed.</returns>
        public bool Observe(DateTimeOffset now)
        {
            int generated = State.Generated;
            if (generated == Generated)
            {
                return false;
            }

            // Codes of earlier sessions are found, not generated now.
            bool isNew = generated > State.GeneratedAtStart;
            _lastProgress = isNew ? now : null;
            Generated = generated;
            return isNew;
        }
    }
}
