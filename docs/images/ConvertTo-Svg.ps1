<#
.SYNOPSIS
    Turns the text of a terminal, with its colour codes, into an SVG picture.
.DESCRIPTION
    The picture is text: small, sharp at any size, and searchable. It has a dark background of its own, so that it is readable on light and on
    dark pages, and names no font that must be installed. Each run of equal style has its own position and length, so columns are straight
    with any monospaced font.
.PARAMETER Line
    The lines of the terminal, as 'tmux capture-pane -p -e' prints them: text and SGR codes, nothing else.
.PARAMETER Columns
    The width of the terminal.
.PARAMETER Title
    What the picture shows, for those who cannot see it.
.OUTPUTS
    The lines of the SVG file.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [AllowEmptyString()] [string[]] $Line,
    [Parameter(Mandatory)] [int] $Columns,
    [Parameter(Mandatory)] [string] $Title
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$cellWidth = 8.4
$lineHeight = 19
$margin = 14
$background = '#1c2128'
$foreground = '#d1d7e0'
$colours = @(
    '#545d68', '#f47067', '#57ab5a', '#daaa3f', '#539bf5', '#b083f0', '#39c5cf', '#d1d7e0'
    '#768390', '#ff938a', '#6bc46d', '#eac55f', '#6cb6ff', '#dcbdfb', '#56d4dd', '#f0f3f6'
)

# Applies the numbers of one SGR code to a style.
function Set-Style([hashtable] $Style, [string] $Code) {
    $numbers = [System.Collections.Generic.Queue[int]]::new([int[]] ($Code -split ';'))
    while ($numbers.Count -gt 0) {
        $n = $numbers.Dequeue()
        switch ($n) {
            0 { $Style.Colour = $Style.Back = $null; $Style.Bold = $Style.Italic = $Style.Reverse = $false }
            1 { $Style.Bold = $true }
            3 { $Style.Italic = $true }
            7 { $Style.Reverse = $true }
            22 { $Style.Bold = $false }
            23 { $Style.Italic = $false }
            27 { $Style.Reverse = $false }
            39 { $Style.Colour = $null }
            49 { $Style.Back = $null }
            { $n -in 30..37 } { $Style.Colour = $colours[$n - 30] }
            { $n -in 40..47 } { $Style.Back = $colours[$n - 40] }
            { $n -in 90..97 } { $Style.Colour = $colours[$n - 82] }
            { $n -in 100..107 } { $Style.Back = $colours[$n - 92] }
            default { throw "The SGR code $n is not supported." }
        }
    }
}

# The text and, behind it, the background of one run of equal style.
function Get-Run([string] $Text, [hashtable] $Style, [int] $Column, [int] $Row) {
    $colour = $Style.Colour ?? $foreground
    $back = $Style.Back
    if ($Style.Reverse) { $colour, $back = ($back ?? $background), $colour }
    $x = $margin + $Column * $cellWidth
    $y = $margin + $Row * $lineHeight
    $width = $Text.Length * $cellWidth
    if ($back) { "<rect x=""$x"" y=""$y"" width=""$width"" height=""$lineHeight"" fill=""$back""/>" }
    if ($Text.Trim()) {
        $attributes = "x=""$x"" y=""$($y + 14)"" textLength=""$width"" fill=""$colour"""
        if ($Style.Bold) { $attributes += ' font-weight="bold"' }
        if ($Style.Italic) { $attributes += ' font-style="italic"' }
        # On each text: not every browser inherits it from the group.
        "<text xml:space=""preserve"" $attributes>$([System.Security.SecurityElement]::Escape($Text))</text>"
    }
}

$width = 2 * $margin + $Columns * $cellWidth
$height = 2 * $margin + $Line.Count * $lineHeight
$escapedTitle = [System.Security.SecurityElement]::Escape($Title)
"<svg xmlns=""http://www.w3.org/2000/svg"" width=""$width"" height=""$height"" viewBox=""0 0 $width $height"" role=""img"">"
"<title>$escapedTitle</title>"
"<rect width=""$width"" height=""$height"" rx=""8"" fill=""$background""/>"
'<g font-family="ui-monospace, Menlo, Consolas, ''DejaVu Sans Mono'', monospace" font-size="14">'
$style = @{ Colour = $null; Back = $null; Bold = $false; Italic = $false; Reverse = $false }
for ($row = 0; $row -lt $Line.Count; $row++) {
    $column = 0
    foreach ($part in [regex]::Matches($Line[$row], "`e\[(?<code>[\d;]*)m|(?<text>[^`e]+)")) {
        if ($part.Groups['text'].Success) {
            Get-Run $part.Value $style $column $row
            $column += $part.Length
        }
        else { Set-Style $style ($part.Groups['code'].Value -replace '^$', '0') }
    }
}

'</g>'
'</svg>'
