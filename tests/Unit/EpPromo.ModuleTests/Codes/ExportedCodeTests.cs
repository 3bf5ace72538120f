using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>
/// The rows of an export file, whose columns become properties while the module runs: every command treats them as it treats the properties
/// of any object, wherever the rows go.
/// </summary>
[Collection(RenderingTests.Name)]
public sealed class ExportedCodeTests : IAsyncLifetime
{
    private const string Rows = "$rows = @(New-EpPromotionJob -Promotion $args[0] -Export | Wait-EpPromotionJob | Receive-EpPromotionJob); $folder = $args[1]; ";

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private SandboxServer _sandbox = null!;
    private ModuleSession _session = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { ExportColumns = ["code", "max_uses", "uses", "consume_unit", "created_by", "created_at"] });
        _id = _sandbox.Store.AddPromotion("One").Id;
        _session = ModuleSession.ConnectedTo(_sandbox);
        _session.Run("$null = New-EpPromotionJob -Promotion $args[0] 3 -CodePrefix bf -MaxUsesPerCode 5 | Wait-EpPromotionJob", _id).ThrowIfFailed();
    }

    /// <summary>Each line is true if a command treats the columns of the file and the properties of a code alike.</summary>
    [Theory]
    [InlineData("$rows.Count -eq 3 -and $rows[0].created_by.Length -gt 0 -and $rows[0].CREATED_BY -ceq $rows[0].created_by")]
    [InlineData("$rows[0] -is [EpPromo.PromotionCode] -and $rows[0].PSTypeNames -contains 'EpPromo.PromotionCode'")]
    [InlineData("@($rows | Get-Member -MemberType Property | Where-Object Name -in created_by, max_uses, Code, MaxUses).Count -eq 4")]
    [InlineData("@($rows | Get-Member | Where-Object Name -eq Column).Count -eq 0")]
    [InlineData("$s = $rows | Select-Object Code, max_uses, created_by; \"$($s.max_uses)\" -eq '5 5 5' -and $s[2].created_by -eq $rows[2].created_by")]
    [InlineData("($rows[0] | Select-Object * | ForEach-Object { $_.PSObject.Properties.Name })[0..4] -join ',' -eq 'max_uses,consume_unit,created_by,created_at,Code'")]
    [InlineData("@($rows | Where-Object max_uses -eq '5').Count -eq 3 -and @($rows | Where-Object { $_.created_by -and $_.MaxUses -gt 4 }).Count -eq 3")]
    [InlineData("($rows | ForEach-Object Code) -join ',' -eq ($rows.Code -join ',') -and ($rows | ForEach-Object created_by).Count -eq 3")]
    [InlineData("($rows | Group-Object max_uses).Count -eq 3 -and ($rows | Group-Object created_by, MaxUses).Group.Count -eq 3")]
    [InlineData("($rows | Sort-Object created_at -Descending).Count -eq 3 -and ($rows | Measure-Object max_uses -Sum).Sum -eq 15")]
    [InlineData("$j = $rows | ConvertTo-Json | ConvertFrom-Json; $j[1].created_by -eq $rows[1].created_by -and $j[1].MaxUses -eq 5 -and $j[1].max_uses -eq '5'")]
    [InlineData("$rows | Export-Csv $folder/r.csv; $c = Import-Csv $folder/r.csv; $c[2].created_at -eq $rows[2].created_at -and $c[2].Code -eq $rows[2].Code -and $c[2].MaxUses -eq '5'")]
    [InlineData("($rows | Format-Table Code, created_by | Out-String) -match [regex]::Escape($rows[0].created_by)")]
    [InlineData("($rows[0] | Format-List | Out-String) -match 'created_by +: ' -and ($rows | Out-String) -match '(?m)^Code +Promotion +MaxUses +Uses'")]
    [InlineData("$null -eq $rows[0].missing -and @($rows[0].PSObject.Properties.Name -eq 'uses').Count -eq 1")]
    [InlineData("$h = @{}; $rows | ForEach-Object { $h[$_.Code] = $_ }; $h[$rows[1].Code].created_by -eq $rows[1].created_by")]
    [InlineData("$rows | Add-Member Sent $true; $rows[0].Sent -and $rows[0].created_by -and ($rows | Select-Object -Last 1).Sent")]
    [InlineData("$m = [pscustomobject]@{ Email = 'a@x' }, [pscustomobject]@{ Email = 'b@x' } | Merge-EpPromotionCode $folder/m.csv -Key Email -Code $rows; ($m.Code -join ',') -eq ($rows[0..1].Code -join ',')")]
    [InlineData("@($rows | Get-EpPromotionCode).Code -join ',' -eq ($rows.Code -join ',')")]
    public void Commands_treat_the_columns_as_properties(string line) => AssertTrue(Rows + line);

    /// <summary>In other runspaces and processes, which have not imported the module.</summary>
    [Theory]
    [InlineData("$rows | Export-Clixml $folder/r.xml; $r = Import-Clixml $folder/r.xml; ($r.created_by -join ',') -eq ($rows.created_by -join ',') -and $r[0].MaxUses -eq 5")]
    [InlineData("$rows | Export-Clixml $folder/r.xml; (Import-Clixml $folder/r.xml | Out-String) -match '(?m)^Code +Promotion +MaxUses +Uses'")]
    [InlineData("$rows | Export-Clixml $folder/r.xml; @(Import-Clixml $folder/r.xml | Get-EpPromotionCode).Count -eq 3")]
    [InlineData("$p = [powershell]::Create().AddScript('param($r) $r | ForEach-Object { $_.created_by }').AddArgument($rows); ($p.Invoke() -join ',') -eq ($rows.created_by -join ',')")]
    [InlineData("$p = [powershell]::Create().AddScript('param($r) $r | Where-Object max_uses -eq 5 | Select-Object created_at').AddArgument($rows); $a = $p.Invoke().created_at -join ','; $a -and $a -eq ($rows.created_at -join ',')")]
    public void Rows_keep_their_columns_elsewhere(string line) => AssertTrue(Rows + line);

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void AssertTrue(string script) =>
        Assert.Equal(true, Assert.Single(_session.Run(script, _id, _folder).ThrowIfFailed().Output).BaseObject);
}
