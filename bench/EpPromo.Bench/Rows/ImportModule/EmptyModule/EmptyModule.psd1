@{
    ModuleVersion     = '1.0.0'
    GUID              = '5f0c4d35-8a0a-4d3e-9d57-1f1b7b9a2f10'
    RootModule        = 'EmptyModule.psm1'
    FunctionsToExport = @()
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
