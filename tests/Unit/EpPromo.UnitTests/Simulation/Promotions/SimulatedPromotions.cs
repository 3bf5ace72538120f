using System.Globalization;
using EpPromo.Api;
using EpPromo.Promotions;

namespace EpPromo.UnitTests.Simulation;

/// <summary>The promotions of a simulated store: the ground truth, and what lists and reads show of it by now.</summary>
internal sealed class SimulatedPromotions
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedServer _server;
    private readonly List<Record> _records = [];
    private readonly bool _reportsUpdates;

    /// <summary>No promotions yet.</summary>
    /// <param name="world">The world.</param>
    /// <param name="server">Whose behaviour counts.</param>
    public SimulatedPromotions(SimulatedWorld world, SimulatedServer server)
    {
        _world = world;
        _server = server;
        _reportsUpdates = world.Random.Chance(0.5);
    }

    /// <summary>The promotions that exist.</summary>
    public IEnumerable<Promotion> All => _records.Where(record => !record.IsDeleted).Select(record => record.Current);

    /// <summary>Those that a call has created, deleted ones included.</summary>
    public IEnumerable<Promotion> CreatedBy(int call) => _records.Where(record => record.Call == call).Select(record => record.Current);

    /// <summary>The promotion as it is; null if it does not exist.</summary>
    public Promotion? Find(string id) => All.FirstOrDefault(promotion => promotion.PromotionId == id);

    public Promotion Create(PromotionFields fields, int call, TimeSpan latestVisible)
    {
        if (fields.Priority is { } priority && All.Any(other => other.Priority == priority))
        {
            throw StoreErrors.DuplicatePriority();
        }

        DateTimeOffset createdAt = _world.Now + _world.Random.UpTo(_server.Behaviour.JobSkew);
        Promotion blank = new()
        {
            PromotionId = string.Create(CultureInfo.InvariantCulture, $"promotion-{_records.Count + 1}"), CreatedAt = createdAt,
        };
        Record record = new(call, Apply(blank, fields));
        record.Show(DrawVisibleAt(), latestVisible);
        _records.Add(record);
        return record.Current;
    }

    public Promotion Update(string id, PromotionFields fields, TimeSpan latestVisible)
    {
        Record record = Existing(id);
        record.Current = new(Apply(record.Current, fields)) { UpdatedAt = _reportsUpdates ? _world.Now : null };
        record.Show(DrawVisibleAt(), latestVisible);
        return record.Current;
    }

    public bool Delete(string id)
    {
        Existing(id).IsDeleted = true;
        return true;
    }

    /// <summary>The promotion as a read shows it by now.</summary>
    public Promotion Get(string id) => Existing(id).VisibleAt(_world.Elapsed) ?? throw StoreErrors.NotFound();

    public Page<Promotion> List(int offset)
    {
        Promotion[] visible = [.. _records.Where(record => !record.IsDeleted).Select(record => record.VisibleAt(_world.Elapsed)).OfType<Promotion>()];
        return new Page<Promotion>(
            [.. visible.Skip(offset).Take(_server.Behaviour.PageSize)], offset, _server.Behaviour.PageSize,
            _server.Behaviour.ReportsTotal ? visible.Length : null);
    }

    private static Promotion Apply(Promotion promotion, PromotionFields fields) => new(promotion)
    {
        Name = fields.Name ?? promotion.Name,
        Description = fields.Description ?? promotion.Description,
        Enabled = fields.Enabled ?? promotion.Enabled,
        Priority = fields.Priority ?? promotion.Priority,
    };

    private Record Existing(string id) =>
        _records.Find(record => record.Current.PromotionId == id && !record.IsDeleted) ?? throw StoreErrors.NotFound();

    private TimeSpan DrawVisibleAt() => _world.Elapsed + _server.Behaviour.DrawLag(_world.Random);

    private sealed class Record(int call, Promotion current)
    {
        private readonly List<(TimeSpan VisibleAt, Promotion State)> _states = [];

        public int Call { get; } = call;

        public Promotion Current { get; set; } = current;

        public bool IsDeleted { get; set; }

        /// <summary>
        /// The current state becomes visible at <paramref name="at"/>, and not before an earlier one; at <paramref name="latest"/> they all are.
        /// </summary>
        public void Show(TimeSpan at, TimeSpan latest)
        {
            TimeSpan visible = _states.Count > 0 && _states[^1].VisibleAt > at ? _states[^1].VisibleAt : at;
            _states.Add((visible < latest ? visible : latest, Current));
        }

        public Promotion? VisibleAt(TimeSpan time) => _states.LastOrDefault(state => state.VisibleAt <= time).State;
    }
}
