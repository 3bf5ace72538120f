using System.Globalization;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;
using k8s;
using k8s.Models;
using YamlDotNet.Core;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>
/// The manifests of samples/runbooks/kubernetes. There is no cluster: the fields are compared with those of the Kubernetes API, and the
/// commands of the Pods are run.
/// </summary>
public sealed class KubernetesTests
{
    [Fact]
    public void A_field_that_the_API_does_not_have_is_found()
    {
        string manifest = RunbookMachine.Read("kubernetes/indexed-job.yaml").Replace("backoffLimitPerIndex:", "backoffLimitPerShare:", StringComparison.Ordinal);

        Assert.Throws<YamlException>(() => KubernetesYaml.Deserialize<V1Job>(manifest, strict: true));
    }

    [Fact]
    public async Task The_CronJob_generates_the_codes_of_the_week()
    {
        V1CronJob cronJob = KubernetesYaml.Deserialize<V1CronJob>(RunbookMachine.Read("kubernetes/cronjob.yaml"), strict: true);
        Assert.Equal(("batch/v1", "CronJob", "Forbid"), (cronJob.ApiVersion, cronJob.Kind, cronJob.Spec.ConcurrencyPolicy));
        Assert.Matches(@"^\d+ \d+ \* \* \d$", cronJob.Spec.Schedule);
        V1PodSpec pod = cronJob.Spec.JobTemplate.Spec.Template.Spec;
        AssertConsistent(pod);
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        sandbox.Store.AddPromotion("Weekly Deal");
        using RunbookMachine machine = new(sandbox);

        // The second Pod resumes the run, and generates nothing.
        foreach (int _ in Enumerable.Range(1, 2))
        {
            ProcessResult run = await RunAsync(machine, pod);

            Assert.True(run.ExitCode == 0, run.Text);
            Assert.Equal([2500], RunbookMachine.CountCodes(Path.Combine(machine.Folder, "codes")));
        }

        SandboxPromotion promotion = Assert.Single(sandbox.Store.Promotions);
        Assert.Equal(2500, sandbox.Store.Codes(promotion.Id).Count);
        Assert.Equal(3, sandbox.Store.Jobs(promotion.Id).Count(job => job.Spec.Generates && job.Spec.Name!.StartsWith(
            ISOWeek.GetYear(DateTime.UtcNow).ToString(CultureInfo.InvariantCulture) + "-W", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_Pods_of_the_Job_share_the_promotions_by_their_index()
    {
        V1Job job = KubernetesYaml.Deserialize<V1Job>(RunbookMachine.Read("kubernetes/indexed-job.yaml"), strict: true);
        Assert.Equal(("batch/v1", "Job", "Indexed"), (job.ApiVersion, job.Kind, job.Spec.CompletionMode));

        // Kubernetes rejects a limit per index for Pods that it restarts in place.
        Assert.NotNull(job.Spec.BackoffLimitPerIndex);
        V1PodSpec pod = job.Spec.Template.Spec;
        AssertConsistent(pod);
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        SandboxPromotion[] promotions = [.. Enumerable.Range(1, 12).Select(number => sandbox.Store.AddPromotion($"Mailing {number}"))];
        using RunbookMachine machine = new(sandbox);
        List<string> printed = [];
        for (int index = 0; index < job.Spec.Completions; index++)
        {
            machine.Variables["JOB_COMPLETION_INDEX"] = index.ToString(CultureInfo.InvariantCulture);

            ProcessResult run = await RunAsync(machine, pod);

            Assert.True(run.ExitCode == 0, run.Text);
            printed.AddRange(run.Output);
        }

        Assert.All(promotions, promotion => Assert.Equal(500, sandbox.Store.Codes(promotion.Id).Count));

        // Each promotion belongs to one Pod, and more than one Pod had something to do.
        Assert.Equal(12, printed.Count(line => line.Contains("500 of 500 codes, completed", StringComparison.Ordinal)));
        Assert.DoesNotContain(printed, line => line.Contains(": 12 of 12 promotions", StringComparison.Ordinal));
        Assert.Contains($"of {job.Spec.Completions}:", printed[^1], StringComparison.Ordinal);
    }

    /// <summary>What the API server checks and the types do not.</summary>
    private static void AssertConsistent(V1PodSpec pod)
    {
        Assert.Equal("Never", pod.RestartPolicy);
        V1Container container = Assert.Single(pod.Containers);
        Assert.Equal(pod.Volumes.Select(volume => volume.Name), container.VolumeMounts.Select(mount => mount.Name));
        Assert.True(pod.SecurityContext.RunAsNonRoot);

        // Only a name of the secret is in the manifest.
        Assert.Null(container.Env);
        Assert.Equal("elastic-path", Assert.Single(container.EnvFrom).SecretRef.Name);
    }

    /// <summary>Runs the command of the only container in the folder that the image has as its working directory.</summary>
    private static Task<ProcessResult> RunAsync(RunbookMachine machine, V1PodSpec pod)
    {
        string script = RunbookMachine.Quick(pod.Containers[0].Args.Single())
            .Replace("/codes", Path.Combine(machine.Folder, "codes"), StringComparison.Ordinal);
        return machine.RunInAsync(RunbookMachine.Samples, pod.Containers[0].Command[0], [.. pod.Containers[0].Command.Skip(1), script]);
    }
}
