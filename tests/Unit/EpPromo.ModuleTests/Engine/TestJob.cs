namespace EpPromo.ModuleTests.Engine;

/// <summary>Jobs that no store returns. Scripts can neither construct nor change jobs, so these functions set their properties by reflection.</summary>
internal static class TestJob
{
    /// <summary>
    /// Defines <c>New-TestJob @{ &lt;property&gt; = &lt;value&gt; }</c> and <c>Set-TestJob $job @{ &lt;property&gt; = &lt;value&gt; }</c>.
    /// </summary>
    public const string Functions =
        """
        function global:Set-TestJob($Job, [hashtable] $Property) {
            foreach ($entry in $Property.GetEnumerator()) {
                $null = [EpPromo.PromotionJob].GetProperty($entry.Key).GetSetMethod($true).Invoke($Job, @($entry.Value))
            }
        }

        function global:New-TestJob([hashtable] $Property) {
            $job = [Activator]::CreateInstance([EpPromo.PromotionJob], $true)
            Set-TestJob $job $Property
            $job
        }
        """;
}
