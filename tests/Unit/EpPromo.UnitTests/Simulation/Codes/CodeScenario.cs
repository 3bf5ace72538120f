using System.Globalization;
using EpPromo.Codes;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One to three users who add codes to a promotion and remove them, each with codes of their own, among codes that nobody touches. Their
/// processes are killed and restart; they repeat what failed until it has succeeded. Everything follows from the seed.
/// </summary>
internal sealed class CodeScenario
{
    private const string PromotionId = "promo-1";
    private static readonly TimeSpan s_maxTime = TimeSpan.FromDays(2);

    private readonly SimulatedRandom _random;
    private readonly List<CodeUser> _users = [];
    private readonly List<string> _old = [];
    private readonly CodeWriterSetup _setup;

    /// <summary>The scenario of a seed.</summary>
    /// <param name="seed">Determines everything that happens.</param>
    /// <param name="setup">How codes are written; null for the way of the module.</param>
    public CodeScenario(int seed, CodeWriterSetup? setup = null)
    {
        _random = new SimulatedRandom(seed);
        _setup = setup ?? new CodeWriterSetup();
        World = new SimulatedWorld(_random, s_maxTime);
        Server = new SimulatedServer(World, StoreBehaviour.Draw(_random) with
        {
            MaxCodesPerRequest = _random.Pick(1, 3, 10, int.MaxValue),
            RejectsMissingCodes = _random.Chance(0.3),
            NewPromotionLag = TimeSpan.Zero,
            FaultsEnd = TimeSpan.FromHours(1),
        });
    }

    public SimulatedWorld World { get; }

    public SimulatedServer Server { get; }

    /// <summary>How often which faults were met, by all processes.</summary>
    public IEnumerable<KeyValuePair<Fault, int>> Faults => _users.SelectMany(user => user.Faults);

    /// <summary>How many processes were killed.</summary>
    public int Kills => _users.Sum(user => user.Kills);

    /// <summary>Runs the scenario to its end and checks the store.</summary>
    public void Run()
    {
        World.Record("store", Server.Behaviour.ToString());
        Server.AddPromotion(PromotionId);
        SimulatedCodes codes = Server.Promotion(PromotionId).Codes;
        for (int left = _random.Pick(0, 3, 40, 300); left > 0; left--)
        {
            string old = string.Create(CultureInfo.InvariantCulture, $"old-{left}");
            codes.Add(new NewCode { Text = old }, 0, World.Now.AddDays(-1), TimeSpan.Zero, TimeSpan.Zero);
            _old.Add(old);
        }

        for (int number = _random.Between(1, 3); number > 0; number--)
        {
            _users.Add(new CodeUser(World, Server, PromotionId, number, _old, _setup));
        }

        _users.ForEach(user => user.Start());
        World.Run(() => _users.TrueForAll(user => user.HasEnded));

        // Whatever is still on its way arrives.
        TimeSpan end = World.Elapsed + Server.Behaviour.ConsistencyWindow + Server.Behaviour.ConsistencyWindow + TimeSpan.FromMinutes(1);
        bool isOver = false;
        World.After(end - World.Elapsed, () => isOver = true);
        World.Run(() => isOver);
        Check(codes);
    }

    private void Check(SimulatedCodes codes)
    {
        string[] expected = [.. _old.Concat(_users.SelectMany(user => user.Expected)).Order(StringComparer.Ordinal)];
        string[] actual = [.. codes.All.Where(code => code.Exists).Select(code => code.Text).Order(StringComparer.Ordinal)];
        Require(!expected.Except(actual).Any(), $"Codes are missing: {string.Join(", ", expected.Except(actual))}");
        Require(!actual.Except(expected).Any(), $"Codes should not exist: {string.Join(", ", actual.Except(expected))}");

        foreach (IGrouping<(string Text, int CallNumber), SimulatedCode> added in codes.All.Concat(codes.Replaced)
            .Where(code => code.CallNumber > 0).GroupBy(code => (code.Text, code.CallNumber)))
        {
            Require(added.Count() == 1, $"Call {added.Key.CallNumber} added {added.Key.Text} {added.Count()} times.");
        }

        HashSet<(string, int)> all = [.. codes.All.Concat(codes.Replaced).Select(code => (code.Text, code.CallNumber))];
        foreach ((string text, int call) in _users.SelectMany(user => user.NotAdded))
        {
            Require(!all.Contains((text, call)), $"Call {call} said that it did not add {text}, and added it.");
        }
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new SimulationException(problem);
        }
    }
}
