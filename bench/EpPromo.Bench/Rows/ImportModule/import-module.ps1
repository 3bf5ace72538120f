# Prints how many seconds the import of a module takes in a new process.
param([string] $Manifest)

$ErrorActionPreference = 'Stop'
$watch = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module $Manifest
$watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
