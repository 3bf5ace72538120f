namespace EpPromo.Jobs.Waiting;

/// <summary>
/// How far a job is, in a store that counts the codes while the job generates them. Most report the count only when it has ended
/// (api-contract.md section 5); then nothing is known here.
/// </summary>
internal sealed class CodeProgress
{
    /// <summary>The store decides about the counts; no job takes so long.</summary>
    private static readonly TimeSpan s_maxRemaining = TimeSpan.FromDays(1);

    private (int Generated, DateTimeOffset At)? _first;
    private (int Generated, DateTimeOffset At) _last;

    /// <summary>Takes into account what a list showed.</summary>
    public void Observe(PromotionJob job, DateTimeOffset at)
    {
        if (job.Generated is > 0 and int generated && generated > _last.Generated)
        {
            _last = (generated, at);
            _first ??= _last;
        }
    }

    /// <summary>When the job has generated all codes if it continues as it did between two counts; null while there are no two counts.</summary>
    /// <param name="numberOfCodes">How many codes were requested, or null.</param>
    public DateTimeOffset? ExpectedEnd(int? numberOfCodes)
    {
        if (_first is not { } first || numberOfCodes is not { } requested || _last.Generated == first.Generated)
        {
            return null;
        }

        double ticksPerCode = (double)(_last.At - first.At).Ticks / (_last.Generated - first.Generated);
        double remaining = Math.Min(ticksPerCode * (requested - _last.Generated), s_maxRemaining.Ticks);
        return _last.At + TimeSpan.FromTicks((long)remaining);
    }
}
