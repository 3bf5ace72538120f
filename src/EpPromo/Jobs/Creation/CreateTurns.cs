using EpPromo.Concurrency;

namespace EpPromo.Jobs.Creation;

/// <summary>
/// The order of the creates of one connection: one after another on a promotion, since two writes at once may overwrite each other
/// (api-contract.md section 3) and of two lost creates of one name nobody could tell which job is whose; and so many sent at once on
/// all promotions, so that other requests get in between.
/// </summary>
internal sealed class CreateTurns
{
    private const int SentAtOnce = 16;

    private readonly ConcurrencyLimit _sends = new(SentAtOnce);
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs <paramref name="create"/> when those that came before it on this promotion have ended.</summary>
    internal async Task<T> InTurnAsync<T>(string promotionId, Func<Task<T>> create, CancellationToken cancellationToken)
    {
        Turn turn = Join(promotionId);
        try
        {
            return await turn.Slot.InsideAsync(create, cancellationToken);
        }
        finally
        {
            Part(promotionId, turn);
        }
    }

    /// <summary>Runs <paramref name="send"/> when not too many others are being sent.</summary>
    internal Task<PromotionJob> SendAsync(Func<Task<PromotionJob>> send, CancellationToken cancellationToken) =>
        _sends.InsideAsync(send, cancellationToken);

    private Turn Join(string promotionId)
    {
        lock (_turns)
        {
            if (!_turns.TryGetValue(promotionId, out Turn? turn))
            {
                _turns.Add(promotionId, turn = new Turn());
            }

            turn.Users++;
            return turn;
        }
    }

    private void Part(string promotionId, Turn turn)
    {
        lock (_turns)
        {
            if (--turn.Users == 0)
            {
                _turns.Remove(promotionId);
            }
        }
    }

    private sealed class Turn
    {
        public ConcurrencyLimit Slot { get; } = new(1);

        public int Users { get; set; }
    }
}
