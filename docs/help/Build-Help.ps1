<#
.SYNOPSIS
    Builds the module's help from the pages in this folder.
.DESCRIPTION
    Writes EpPromo.PowerShell.dll-Help.xml (MAML) and a .help.txt for each about topic, from these sources:
    - <Cmdlet>.md beside this script: synopsis, description, examples, notes, links;
    - about_*.md beside this script: the topics;
    - the tables of docs/errors.md: the list of errors in about_EpPromo_Errors;
    - the documentation comments of the cmdlets: a description of each parameter;
    - the cmdlets themselves: syntax, types, positions, pipeline input, defaults, output.
    A cmdlet or parameter without a description stops the script. The results are committed, so a build needs no PowerShell.
.NOTES
    Markdig parses the Markdown; PowerShell 7 ships it. The rest is done here and not by PlatyPS, because PlatyPS is published in the
    PowerShell Gallery only, which a NuGet restore does not reach.
.EXAMPLE
    ./build.ps1 -Task Help
#>
[CmdletBinding()]
param(
    # The manifest of the built module.
    [string] $Manifest = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1'),

    # The documentation comments, as written by the compiler.
    [string] $CommentFile = [System.IO.Path]::Combine(
        $PSScriptRoot, '..', '..', 'src', 'EpPromo.PowerShell', 'bin', 'Release', 'netstandard2.0', 'EpPromo.PowerShell.xml'),

    # The folder that receives the help files.
    [string] $Destination = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'src', 'EpPromo.PowerShell', 'en-US')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$namespaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}

# Parameters that the engine adds to cmdlets have no documentation comments.
$engineTexts = @{
    WhatIf            = 'Show what would happen. Nothing is changed in the store, and no file is written.'
    Confirm           = 'Ask for confirmation before each operation.'
    First             = 'Return only this number of objects.'
    Skip              = 'Skip this number of objects.'
    IncludeTotalCount = 'Also return the number of all matching objects, as the last output.'
}

# What a user passes for a type that only converts arguments.
$inputTexts = @{
    PromotionReference = 'a promotion of Get-EpPromotion, its name or its id, or an object about a promotion, such as a job, a run, a code or a row of a table'
    CodeRun            = 'a run of Get-EpPromotionRun or Request-EpPromotionCode'
    CodeReference      = 'a code of Get-EpPromotionCode, its text, or a row of a table with a column Code'
}

# Types that a command with such a parameter recognizes among the objects that bind to -Promotion.
$recognizedTypes = @{
    Run = 'PromotionRun, CodeRun'
    Job = 'PromotionJob'
}

#region Markdown

# The assembly behind ConvertFrom-Markdown. That cmdlet enables many Markdown extensions; these pages are plain CommonMark.
Add-Type -AssemblyName Markdig.Signed

# The plain text of a heading or a paragraph, on one line: links keep only their text, emphasis and code lose their marks.
function Get-MarkdownText($Block) {
    if ($Block -isnot [Markdig.Syntax.ParagraphBlock] -and $Block -isnot [Markdig.Syntax.HeadingBlock]) {
        throw "The help cannot show Markdown of type $($Block.GetType().Name), line $($Block.Line + 1)."
    }

    $writer = [System.IO.StringWriter]::new()
    $renderer = [Markdig.Renderers.HtmlRenderer]::new($writer)
    $renderer.EnableHtmlForInline = $false
    $renderer.EnableHtmlEscape = $false
    $null = $renderer.WriteLeafInline($Block)
    $writer.ToString().Replace("`n", ' ').Trim()
}

# A block as the help shows it: a paragraph, the items of a list, or code.
function ConvertTo-HelpBlock($Block) {
    if ($Block -is [Markdig.Syntax.FencedCodeBlock]) {
        [pscustomobject]@{ Kind = 'code'; Text = $Block.Lines.ToString() }
    }
    elseif ($Block -is [Markdig.Syntax.ListBlock] -and -not $Block.IsOrdered) {
        foreach ($item in $Block) {
            [pscustomobject]@{ Kind = 'item'; Text = "- $(@(foreach ($child in $item) { Get-MarkdownText $child }) -join ' ')" }
        }
    }
    else { [pscustomobject]@{ Kind = 'text'; Text = Get-MarkdownText $Block } }
}

# A page: its title, and the blocks below each heading; '' is what stands below the title. The headings of level 3 are the examples.
function Read-Page([string] $Path) {
    $page = @{ Title = ''; Section = [ordered]@{}; Example = @() }
    $name = ''
    foreach ($block in [Markdig.Markdown]::Parse([System.IO.File]::ReadAllText($Path))) {
        if ($block -isnot [Markdig.Syntax.HeadingBlock]) {
            $page.Section[$name] += @(ConvertTo-HelpBlock $block)
            continue
        }

        $heading = Get-MarkdownText $block
        if ($block.Level -eq 1) { $page.Title = $heading }
        elseif ($block.Level -eq 2) { $name = $heading }
        else { $name = "example:$heading"; $page.Example += $heading }
        $page.Section[$name] = @()
    }

    $page
}

# The paragraphs and list items of a section; a required section without any stops the script.
function Get-Paragraph([hashtable] $Page, [string] $Section, [switch] $Optional) {
    $blocks = @($Page.Section[$Section]).Where({ $_ -and $_.Kind -ne 'code' })
    if (-not $blocks -and -not $Optional) { throw "$($Page.Title).md has no text in '$Section'." }
    foreach ($block in $blocks) { $block.Text }
}

#endregion

#region Documentation comments

function Read-Comment([string] $Path) {
    $document = [xml]::new()
    $document.Load($Path)
    $comments = @{}
    foreach ($member in $document.SelectNodes('/doc/members/member')) { $comments[$member.GetAttribute('name')] = $member }
    $comments
}

function Get-CommentText([System.Xml.XmlNode] $Node) {
    if ($null -eq $Node) { return '' }
    $text = ''
    foreach ($child in $Node.ChildNodes) {
        if ($child -is [System.Xml.XmlElement] -and $child.HasAttribute('cref')) {
            $text += $child.GetAttribute('cref') -replace '^.*\.', ''
        }
        else { $text += $child.InnerText }
    }

    ($text -replace '\s+', ' ').Trim()
}

# A parameter's comment comes from the class that declares it.
function Get-ParameterComment($Command, [string] $Name, [string] $Tag) {
    for ($type = $Command.ImplementingType; $type; $type = $type.BaseType) {
        $member = $comments["P:$($type.FullName).$Name"]
        if ($member) { return Get-CommentText $member.SelectSingleNode($Tag) }
    }

    ''
}

#endregion

#region Cmdlets

function Get-TypeName([type] $Type) {
    $nullable = [System.Nullable]::GetUnderlyingType($Type)
    if ($nullable) { $Type = $nullable }
    if ($Type -eq [switch]) { return 'SwitchParameter' }
    [Microsoft.PowerShell.ToStringCodeMethods]::Type([psobject]::AsPSObject($Type)) -replace '^.*\.(?=[^.]+$)', ''
}

# The values that a parameter accepts, if it accepts only a fixed set.
function Get-AllowedValue($Parameter) {
    if ($Parameter.ParameterType.IsEnum) { return [enum]::GetNames($Parameter.ParameterType) }
    foreach ($attribute in $Parameter.Attributes) {
        if ($attribute -is [System.Management.Automation.ValidateSetAttribute]) { return $attribute.ValidValues.Where({ $_ }) }
    }
}

# Parameters in the order of declaration: the cmdlet's own, then inherited ones, then those that the engine adds.
function Get-ParameterOrder($Command, [string] $Name) {
    $depth = 0
    for ($type = $Command.ImplementingType; $type; $type = $type.BaseType) {
        $property = $type.GetProperty($Name, [System.Reflection.BindingFlags]'Public, Instance, DeclaredOnly')
        if ($property) { return '{0:d2}{1:x8}' -f $depth, $property.MetadataToken }
        $depth++
    }

    "99$Name"
}

# The parameters of a set in the order in which a caller writes them: positional, mandatory, others.
function Get-OrderedParameter($Command, $ParameterSet) {
    $keys = [System.Collections.Generic.List[string]]::new()
    $byKey = @{}
    foreach ($parameter in $ParameterSet.Parameters) {
        if ([System.Management.Automation.PSCmdlet]::CommonParameters.Contains($parameter.Name)) { continue }
        $rank = if ($parameter.Position -ge 0) { '0{0:d2}' -f $parameter.Position } elseif ($parameter.IsMandatory) { '1' } else { '2' }
        $key = $rank + (Get-ParameterOrder $Command $parameter.Name)
        $keys.Add($key)
        $byKey[$key] = $parameter
    }

    $keys.Sort([System.StringComparer]::Ordinal)
    foreach ($key in $keys) { $byKey[$key] }
}

function Get-PipelineInput($Parameter) {
    $bindings = @(
        if ($Parameter.ValueFromPipeline) { 'ByValue' }
        if ($Parameter.ValueFromPipelineByPropertyName) { 'ByPropertyName' })
    if ($bindings) { "True ($($bindings -join ', '))" } else { 'False' }
}

function Get-Default($Command, $Parameter, [bool] $Required) {
    if ($Parameter.ParameterType -eq [switch]) { return 'False' }
    $documented = Get-ParameterComment $Command $Parameter.Name 'value'
    if ($documented) { return $documented }
    $property = $Command.ImplementingType.GetProperty($Parameter.Name)
    if ($Required -or -not $property) { return 'None' }
    $cmdlet = $Command.ImplementingType::new()
    $value = $property.GetValue($cmdlet)
    if ($cmdlet -is [System.IDisposable]) { $cmdlet.Dispose() }
    if ($null -eq $value -or "$value" -eq '') { 'None' } else { "$value" }
}

#endregion

#region MAML

function Add-Element([System.Xml.XmlElement] $Parent, [string] $Name, [string] $Text, [hashtable] $Attribute = @{}) {
    $prefix, $local = $Name.Split(':')
    $element = $Parent.OwnerDocument.CreateElement($prefix, $local, $namespaces[$prefix])
    foreach ($key in $Attribute.Keys | Sort-Key) { $element.SetAttribute($key, $Attribute[$key]) }
    if ($Text) { $element.InnerText = $Text }
    $null = $Parent.AppendChild($element)
    $element
}

function Sort-Key {
    begin { $all = [System.Collections.Generic.List[string]]::new() }
    process { $all.Add($_) }
    end { $all.Sort([System.StringComparer]::Ordinal); $all }
}

function Add-Paragraph([System.Xml.XmlElement] $Parent, [string] $Name, [string[]] $Text) {
    $element = Add-Element $Parent $Name
    foreach ($paragraph in $Text) { $null = Add-Element $element 'maml:para' $paragraph }
}

function Add-Parameter([System.Xml.XmlElement] $Parent, $Command, $Parameter, [bool] $Required, [switch] $InSyntax) {
    $isSwitch = $Parameter.ParameterType -eq [switch]
    $typeName = Get-TypeName $Parameter.ParameterType
    $element = Add-Element $Parent 'command:parameter' '' @{
        required       = "$Required".ToLowerInvariant()
        variableLength = "$($Parameter.ParameterType.IsArray)".ToLowerInvariant()
        globbing       = "$([bool]$Parameter.Attributes.Where({ $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }))".ToLowerInvariant()
        pipelineInput  = Get-PipelineInput $Parameter
        position       = if ($Parameter.Position -ge 0) { "$($Parameter.Position)" } else { 'named' }
        aliases        = if ($Parameter.Aliases.Count) { $Parameter.Aliases -join ', ' } else { 'none' }
    }
    $null = Add-Element $element 'maml:name' $Parameter.Name
    $text = Get-ParameterComment $Command $Parameter.Name 'summary'
    if (-not $text) { $text = $engineTexts[$Parameter.Name] }
    if (-not $text) { throw "-$($Parameter.Name) of $Command has no documentation comment." }
    Add-Paragraph $element 'maml:description' $text
    $allowed = @(Get-AllowedValue $Parameter)
    if ($InSyntax -and $allowed) {
        $group = Add-Element $element 'command:parameterValueGroup'
        foreach ($value in $allowed) {
            $null = Add-Element $group 'command:parameterValue' $value @{ required = 'false'; variableLength = 'false' }
        }
    }
    elseif (-not ($InSyntax -and $isSwitch)) {
        $null = Add-Element $element 'command:parameterValue' $typeName @{
            required       = "$(-not $isSwitch)".ToLowerInvariant()
            variableLength = "$($Parameter.ParameterType.IsArray)".ToLowerInvariant()
        }
    }

    $type = Add-Element $element 'dev:type'
    $null = Add-Element $type 'maml:name' $typeName
    $null = Add-Element $element 'dev:defaultValue' (Get-Default $Command $Parameter $Required)
}

function Add-Type([System.Xml.XmlElement] $Parent, [string] $Name, [string] $TypeName, [string[]] $Text) {
    $element = Add-Element $Parent $Name
    $null = Add-Element (Add-Element $element 'dev:type') 'maml:name' $TypeName
    Add-Paragraph $element 'maml:description' $Text
}

function Add-Input([System.Xml.XmlElement] $Parent, $Parameters) {
    $inputs = Add-Element $Parent 'command:inputTypes'
    $byValue = $Parameters.Where({ $_.ValueFromPipeline })
    $byName = $Parameters.Where({ $_.ValueFromPipelineByPropertyName })
    foreach ($parameter in $byValue) {
        $typeName = (Get-TypeName $parameter.ParameterType).Replace('[]', '')
        $text = if ($inputTexts[$typeName]) { ": $($inputTexts[$typeName])" }
        Add-Type $inputs 'command:inputType' $typeName "Binds to -$($parameter.Name)$text."
    }

    if ($byValue.Where({ $_.Name -eq 'Promotion' })) {
        foreach ($parameter in $Parameters.Where({ $recognizedTypes[$_.Name] -and -not $_.ValueFromPipeline })) {
            Add-Type $inputs 'command:inputType' $recognizedTypes[$parameter.Name] "Binds to -Promotion, and has the effect of -$($parameter.Name)."
        }
    }

    if ($byName) {
        Add-Type $inputs 'command:inputType' 'Any object' "Properties with these names bind to parameters: $(($byName | ForEach-Object { $_.Name }) -join ', ')."
    }

    if (-not $byValue -and -not $byName) { Add-Type $inputs 'command:inputType' 'None' 'Accepts no pipeline input.' }
}

function Add-Command([System.Xml.XmlElement] $Root, $Command, [hashtable] $Page) {
    $element = Add-Element $Root 'command:command'
    $details = Add-Element $element 'command:details'
    $null = Add-Element $details 'command:name' $Command.Name
    $null = Add-Element $details 'command:verb' $Command.Verb
    $null = Add-Element $details 'command:noun' $Command.Noun
    Add-Paragraph $details 'maml:description' @(Get-Paragraph $Page '')[0]
    Add-Paragraph $element 'maml:description' (Get-Paragraph $Page 'Description')

    $syntax = Add-Element $element 'command:syntax'
    $sets = @($Command.ParameterSets.Where({ $_.IsDefault })) + @($Command.ParameterSets.Where({ -not $_.IsDefault }))
    $all = [ordered]@{}
    foreach ($set in $sets) {
        $item = Add-Element $syntax 'command:syntaxItem'
        $null = Add-Element $item 'maml:name' $Command.Name
        foreach ($parameter in Get-OrderedParameter $Command $set) {
            Add-Parameter $item $Command $parameter $parameter.IsMandatory -InSyntax
            if (-not $all.Contains($parameter.Name)) { $all[$parameter.Name] = @() }
            $all[$parameter.Name] += $parameter
        }
    }

    $parameters = Add-Element $element 'command:parameters'
    $first = @(foreach ($name in $all.Keys | Sort-Key) { @($all[$name].Where({ $_.ValueFromPipeline }) + $all[$name])[0] })
    foreach ($parameter in $first) {
        $required = -not $all[$parameter.Name].Where({ -not $_.IsMandatory })
        Add-Parameter $parameters $Command $parameter $required
    }

    Add-Input $element $first
    $returns = Add-Element $element 'command:returnValues'
    foreach ($output in $Command.OutputType) {
        $name = if ($output.Name -eq 'System.Void') { 'None' } else { $output.Name }
        Add-Type $returns 'command:returnValue' $name (Get-Paragraph $Page 'Output')
    }

    $notes = @(Get-Paragraph $Page 'Notes' -Optional)
    if ($notes) { Add-Paragraph (Add-Element $element 'maml:alertSet') 'maml:alert' $notes }

    $examples = Add-Element $element 'command:examples'
    $number = 0
    if (-not $Page.Example) { throw "$($Page.Title).md has no examples." }
    foreach ($title in $Page.Example) {
        $number++
        $blocks = $Page.Section["example:$title"]
        $code = @($blocks.Where({ $_.Kind -eq 'code' }) | ForEach-Object { $_.Text })
        if (-not $code) { throw "Example '$title' of $Command has no code." }
        $example = Add-Element $examples 'command:example'
        $null = Add-Element $example 'maml:title' "---------- Example $($number): $title ----------"
        $null = Add-Element $example 'dev:code' ($code -join "`n`n")
        Add-Paragraph $example 'dev:remarks' (@(Get-Paragraph $Page "example:$title" -Optional) + '')
    }

    $links = Add-Element $element 'command:relatedLinks'
    foreach ($link in Get-Paragraph $Page 'Links') {
        $null = Add-Element (Add-Element $links 'maml:navigationLink') 'maml:linkText' ($link -replace '^- ', '')
    }
}

#endregion

#region About topic

function Format-Wrapped([string] $Text, [string] $Indent, [string] $HangingIndent) {
    $width = 78
    $line = $Indent
    $empty = $true
    foreach ($word in $Text -split ' ') {
        if (-not $empty -and $line.Length + 1 + $word.Length -gt $width) {
            $line
            $line = $HangingIndent
            $empty = $true
        }

        $line += if ($empty) { $word } else { " $word" }
        $empty = $false
    }

    $line
}

# The tables of docs/errors.md: below the heading of each, its ids with their meaning.
function ConvertTo-ErrorList {
    foreach ($line in [System.IO.File]::ReadAllLines([System.IO.Path]::Combine($PSScriptRoot, '..', 'errors.md'))) {
        if ($line -match '^#+ (?<heading>.+)') { $heading = $Matches.heading }
        if ($line -notmatch '^\| (?<ids>`\w+`(, `\w+`)*) \| (?<meaning>.+) \|$') { continue }

        # Links keep only their text, and code loses its marks.
        $ids = $Matches.ids.Replace('`', '')
        $meaning = $Matches.meaning -replace '\[(?<text>[^\]]+)\]\([^)]+\)', '${text}'
        if ($heading) { $heading.ToUpperInvariant() }
        $heading = ''
        Format-Wrapped $ids '    ' '    '
        Format-Wrapped $meaning.Replace('`', '') '        ' '        '
        ''
    }
}

function ConvertTo-About([string] $Path) {
    $page = Read-Page $Path
    'TOPIC'
    Format-Wrapped $page.Title '    ' '    '
    ''
    foreach ($name in $page.Section.Keys.Where({ $_ })) {
        if ($name -eq 'See also' -and $page.Title -eq 'about_EpPromo_Errors') { ConvertTo-ErrorList }
        $name.ToUpperInvariant()
        $inList = $false
        foreach ($block in $page.Section[$name]) {
            $isItem = $block.Kind -eq 'item'
            if ($inList -and -not $isItem) { '' }
            $inList = $isItem
            if ($block.Kind -eq 'code') { $block.Text -split "`n" | ForEach-Object { "      $_".TrimEnd() } }
            elseif ($isItem) { Format-Wrapped $block.Text '    ' '      ' }
            else { Format-Wrapped $block.Text '    ' '    ' }
            if (-not $isItem) { '' }
        }

        if ($inList) { '' }
    }
}

#endregion

Import-Module $Manifest
$comments = Read-Comment $CommentFile
$document = [xml]::new()
$root = $document.AppendChild($document.CreateElement('helpItems', 'http://msh'))
$root.SetAttribute('schema', 'maml')
foreach ($prefix in $namespaces.Keys | Sort-Key) { $root.SetAttribute("xmlns:$prefix", $namespaces[$prefix]) }
foreach ($name in (Get-Module EpPromo).ExportedCmdlets.Keys | Sort-Key) {
    $page = Read-Page ([System.IO.Path]::Combine($PSScriptRoot, "$name.md"))
    if ($page.Title -ne $name) { throw "The title of $name.md is '$($page.Title)'." }
    Add-Command $root (Get-Command -Name $name) $page
}

$null = [System.IO.Directory]::CreateDirectory($Destination)
$utf8 = [System.Text.UTF8Encoding]::new($false)
$settings = [System.Xml.XmlWriterSettings]::new()
$settings.Encoding = $utf8
$settings.Indent = $true
$settings.NewLineChars = "`n"
$writer = [System.Xml.XmlWriter]::Create([System.IO.Path]::Combine($Destination, 'EpPromo.PowerShell.dll-Help.xml'), $settings)
try { $document.Save($writer) } finally { $writer.Dispose() }

foreach ($topic in [System.IO.Directory]::GetFiles($PSScriptRoot, 'about_*.md')) {
    $name = [System.IO.Path]::GetFileNameWithoutExtension($topic)
    $about = (ConvertTo-About $topic) -join "`n"
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($Destination, "$name.help.txt"), $about.TrimEnd() + "`n", $utf8)
}
