@{
    RootModule             = 'EpPromo.PowerShell.dll'
    ModuleVersion          = '1.0.0'
    GUID                   = '25058580-76e2-4c9f-9267-ff0ab9a0c7c1'
    Author                 = 'EpPromo contributors'
    CompanyName            = 'EpPromo contributors'
    Copyright              = '(c) EpPromo contributors. MIT licence.'
    Description            = 'Generate, wait for and export Elastic Path promotion codes: any number, on any number of promotions, exactly once.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('EpPromo.Format.ps1xml')
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Add-EpPromotionCode'
        'Clear-EpPromotionUsage'
        'Connect-EpStore'
        'Copy-EpPromotion'
        'Disable-EpPromotion'
        'Disconnect-EpStore'
        'Enable-EpPromotion'
        'Export-EpPromotionCode'
        'Export-EpPromotionReport'
        'Get-EpPromotion'
        'Get-EpPromotionCode'
        'Get-EpPromotionJob'
        'Get-EpPromotionRun'
        'Get-EpPromotionUsage'
        'Get-EpStore'
        'Measure-EpPromotionCode'
        'Merge-EpPromotionCode'
        'New-EpPromotion'
        'New-EpPromotionJob'
        'Receive-EpPromotionJob'
        'Remove-EpPromotion'
        'Remove-EpPromotionCode'
        'Request-EpPromotionCode'
        'Set-EpPromotion'
        'Stop-EpPromotionJob'
        'Sync-EpPromotion'
        'Wait-EpPromotionJob'
        'Watch-EpPromotionRun'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('ElasticPath', 'EPCC', 'commerce', 'promotion', 'coupon', 'codes', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # There is no ProjectUri (nor a HelpUri): the project has no public address.
            ReleaseNotes = 'See CHANGELOG.md in the folder of the module.'
        }
    }
}
