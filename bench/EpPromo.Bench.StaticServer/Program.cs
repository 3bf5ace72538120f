using System.Globalization;
using EpPromo.Bench.StaticServer;

// EpPromo.Bench.StaticServer <jobs> <codes> <latency in ms>: serves a promotion with that many jobs, and an export with that many codes, until
// its standard input ends. Each response of the API comes after the latency; the file comes at once. Prints the port of the API.
int jobs = Number(args[0]);
int codes = Number(args[1]);
TimeSpan latency = TimeSpan.FromMilliseconds(Number(args[2]));
byte[] file = ExportFile.Create(codes);
await using Listener files = await Listener.StartAsync(context => context.WriteAsync(200, "text/csv", file));
Api api = new(new JobPages(jobs), new Uri($"http://127.0.0.1:{files.Port}/codes.csv"), latency);
await using Listener listener = await Listener.StartAsync(api.RespondAsync);
Console.WriteLine(listener.Port);
while (await Console.In.ReadLineAsync() is not null)
{
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
