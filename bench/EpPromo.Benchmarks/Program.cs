using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using EpPromo.Benchmarks;

// EpPromo.Benchmarks [arguments of BenchmarkDotNet], such as --filter "*JobPage*". In this process: a generated project would not restore with
// the locked packages of this repository.
BenchmarkSwitcher.FromAssembly(typeof(JobPage).Assembly).Run(
    args,
    DefaultConfig.Instance
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results")));
