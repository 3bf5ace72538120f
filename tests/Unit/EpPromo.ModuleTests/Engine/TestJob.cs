namespace EpPromo.ModuleTests.Engine;

/// <summary>Jobs that no store returns. Scripts cannot construct jobs, so this function sets their properties by reflection.</summary>
internal static class TestJob
{
    /// <summary>Defines <c>New-TestJob @{ &lt;property&gt; = &lt;value&gt; }</c>.</summary>
    public const string Function =
        """
        function global:New-TestJob([hashtable] $Property) {
            $job = [Activator]::CreateInstance([EpPromo.PromotionJob], $true)
            foreach ($entry in $Property.GetEnumerator()) {
                $null = [EpPromo.PromotionJob].GetProperty($entry.Key).GetSetMethod($true).Invoke($job, @($entry.Value))
            }
            $job
        }
        """;
}
