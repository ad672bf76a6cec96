<#
.SYNOPSIS
An adapter of clusckpt-adapter/1 for a Windows failover cluster.

.DESCRIPTION
NOT RUN BY THE AUTHORS ON A CLUSTER: written from the documented cmdlets of the module
FailoverClusters, PowerShell remoting and the class Microsoft.Win32.RegistryKey. Read it, and try
it on a cluster that may break, before you rely on it.

It reads requests of JSON-RPC 2.0 on standard input, one a line, and answers on standard output.
It changes only groups that it has created itself (it knows them by their description), and only
registry keys at or below AllowedRoots. Every node must accept PowerShell remoting.

.PARAMETER AllowedRoots
Keys below HKEY_LOCAL_MACHINE that it may write and delete, with all that is under them. At each
reset it deletes them on every node.

.PARAMETER PendingSeconds
How long it waits for what a call sets going.

.PARAMETER CaptureSeconds
How long it waits in CaptureDelayPasses.

.EXAMPLE
powershell.exe -NoProfile -File ClusterAdapter.ps1 -AllowedRoots Software\Clusckpt,Software\Acme
#>
#Requires -Modules FailoverClusters
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string[]] $AllowedRoots,
    [ValidateRange(1, 3600)] [int] $PendingSeconds = 60,
    [ValidateRange(1, 3600)] [int] $CaptureSeconds = 60
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$OwnGroup = 'Created by the clusckpt adapter; it may be removed.'
$Sessions = @{}

#region Registry of a node

# Runs on the node. $ErrorActionPreference and the functions of this file are not known there.
$RegistryWork = {
    param($Action, $Key, $View, $Name, $Value)
    $ErrorActionPreference = 'Stop'
    if (-not (Test-Path Variable:global:ClusckptHandles)) { $global:ClusckptHandles = @{} }
    $views = @{ 'native' = 'Default'; '32' = 'Registry32'; '64' = 'Registry64' }
    $machine = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', $views[$View])
    switch ($Action) {
        'create' { $machine.CreateSubKey($Key).Close(); return 0 }
        'set' {
            $opened = $machine.CreateSubKey($Key)
            $opened.SetValue($Name, $Value.Content, $Value.Kind)
            $opened.Close()
            return 0
        }
        'deletetree' {
            $opened = $machine.OpenSubKey($Key)
            if ($null -eq $opened) { return 2 }
            $opened.Close()
            $machine.DeleteSubKeyTree($Key)
            return 0
        }
        'deletevalue' {
            $opened = $machine.OpenSubKey($Key, $true)
            if ($null -eq $opened) { return 2 }
            $found = $opened.GetValueNames() -contains $Name
            if ($found) { $opened.DeleteValue($Name) }
            $opened.Close()
            if ($found) { return 0 } else { return 2 }
        }
        'open' {
            $opened = $machine.OpenSubKey($Key)
            if ($null -eq $opened) { return 2 }
            $global:ClusckptHandles["$View $Key"] += @($opened)
            return 0
        }
        'close' {
            foreach ($opened in @($global:ClusckptHandles["$View $Key"])) {
                if ($null -ne $opened) { $opened.Close() }
            }
            $global:ClusckptHandles.Remove("$View $Key")
            return 0
        }
        'read' {
            $opened = $machine.OpenSubKey($Key)
            if ($null -eq $opened) { return $null }
            $values = @{}
            foreach ($one in $Name) {
                $values[$one] = $null
                if ($opened.GetValueNames() -contains $one) {
                    $values[$one] = @{
                        Kind = "$($opened.GetValueKind($one))"
                        Content = $opened.GetValue($one, $null, 'DoNotExpandEnvironmentNames')
                    }
                }
            }
            $opened.Close()
            return $values
        }
    }
}

function Get-NodeSession([string] $Node) {
    if (-not $Sessions.ContainsKey($Node) -or $Sessions[$Node].State -ne 'Opened') {
        $Sessions[$Node] = New-PSSession -ComputerName $Node
    }
    $Sessions[$Node]
}

function Invoke-RegistryWork([string] $Node, [string] $Action, [string] $Key, [string] $View,
                             $Name, $Value) {
    $arguments = @($Action, $Key, $View, $Name, $Value)
    Invoke-Command -Session (Get-NodeSession $Node) -ScriptBlock $RegistryWork `
        -ArgumentList $arguments
}

function Assert-Allowed([string] $Key) {
    foreach ($root in $AllowedRoots) {
        if ($Key -eq $root -or $Key.StartsWith("$root\", 'OrdinalIgnoreCase')) { return }
    }
    throw "the key $Key is not at or below one of the AllowedRoots"
}

function ConvertTo-RegistryValue($Written) {
    if ($Written -is [string]) { return @{ Kind = 'String'; Content = $Written } }
    if ($Written -isnot [pscustomobject]) {
        $bits = [BitConverter]::ToInt32([BitConverter]::GetBytes([uint32] $Written), 0)
        return @{ Kind = 'DWord'; Content = $bits }
    }
    $bytes = ConvertFrom-Hex $Written.hex
    $text = [Text.Encoding]::Unicode.GetString($bytes).TrimEnd([char] 0)
    switch ($Written.type) {
        'REG_BINARY' { return @{ Kind = 'Binary'; Content = $bytes } }
        'REG_NONE' { return @{ Kind = 'None'; Content = $bytes } }
        'REG_QWORD' { return @{ Kind = 'QWord'; Content = [BitConverter]::ToInt64($bytes, 0) } }
        'REG_EXPAND_SZ' { return @{ Kind = 'ExpandString'; Content = $text } }
        'REG_MULTI_SZ' {
            return @{ Kind = 'MultiString'; Content = [string[]] $text.Split([char] 0) }
        }
        default { throw "values of the type $($Written.type) cannot be written by this adapter" }
    }
}

function ConvertFrom-RegistryValue($Value) {
    if ($null -eq $Value) { return $null }
    $unicode = [Text.Encoding]::Unicode
    switch ($Value.Kind) {
        'String' { return $Value.Content }
        'DWord' {
            return [BitConverter]::ToUInt32([BitConverter]::GetBytes([int] $Value.Content), 0)
        }
        'QWord' {
            $bytes = [BitConverter]::GetBytes([long] $Value.Content)
            return New-RawValue 'REG_QWORD' $bytes
        }
        'ExpandString' {
            return New-RawValue 'REG_EXPAND_SZ' $unicode.GetBytes("$($Value.Content)`0")
        }
        'MultiString' {
            $joined = -join ($Value.Content | ForEach-Object { "$_`0" })
            return New-RawValue 'REG_MULTI_SZ' $unicode.GetBytes("$joined`0")
        }
        'Binary' { return New-RawValue 'REG_BINARY' $Value.Content }
        'None' { return New-RawValue 'REG_NONE' $Value.Content }
        default { throw "values of the kind $($Value.Kind) cannot be read by this adapter" }
    }
}

function New-RawValue([string] $Type, [byte[]] $Bytes) {
    [ordered] @{ type = $Type; hex = -join ($Bytes | ForEach-Object { $_.ToString('x2') }) }
}

function ConvertFrom-Hex([string] $Digits) {
    $bytes = [byte[]]::new($Digits.Length / 2)
    for ($at = 0; $at -lt $bytes.Length; $at++) {
        $bytes[$at] = [Convert]::ToByte($Digits.Substring(2 * $at, 2), 16)
    }
    , $bytes
}

#endregion
#region Calls: each returns the status

function Get-Field($Parameters, [string] $Name, $Default) {
    if ($Parameters.PSObject.Properties.Name -contains $Name) { $Parameters.$Name } else { $Default }
}

function Write-Key($Parameters, [string] $Action, $Name, $Value) {
    Assert-Allowed $Parameters.key
    $view = Get-Field $Parameters 'view' 'native'
    Invoke-RegistryWork $Parameters.node $Action $Parameters.key $view $Name $Value
}

function Invoke-RegCreateKeyEx($Parameters) { Write-Key $Parameters 'create' }

function Invoke-RegSetValueEx($Parameters) {
    Write-Key $Parameters 'set' $Parameters.name (ConvertTo-RegistryValue $Parameters.value)
}

function Invoke-RegDeleteValue($Parameters) { Write-Key $Parameters 'deletevalue' $Parameters.name }

function Invoke-RegDeleteTree($Parameters) { Write-Key $Parameters 'deletetree' }

function Invoke-RegOpenKeyEx($Parameters) { Write-Key $Parameters 'open' }

function Invoke-RegCloseKey($Parameters) { Write-Key $Parameters 'close' }

function Invoke-ClusterResourceControl($Parameters) {
    $resource = Get-OwnResource $Parameters.resource
    $text = Get-Field $Parameters 'input' $null
    foreach ($field in 'input_bytes', 'output_size', 'host_node', 'caller', 'output_null') {
        if (Get-Field $Parameters $field $null) { throw "a cmdlet cannot say $field" }
    }
    if ($null -eq $text -and $Parameters.code -notmatch '_GET_') { throw 'a cmdlet needs an input' }
    $crypto = if ($Parameters.code -match 'CRYPTO' -and $null -ne $text) {
        $type, $name, $key = $text.Split('\', 3)
        @{ CryptoCheckpointType = $type; CryptoCheckpointName = $name; CryptoCheckpointKey = $key }
    } else { @{} }
    switch ($Parameters.code) {
        'CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT' {
            $null = $resource | Add-ClusterCheckpoint -RegistryCheckpoint $text
        }
        'CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT' {
            $null = $resource | Remove-ClusterCheckpoint -RegistryCheckpoint $text
        }
        'CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS' {
            $null = $resource | Get-ClusterCheckpoint -RegistryCheckpoint
        }
        'CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT' {
            $null = $resource | Add-ClusterCheckpoint @crypto
        }
        'CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT' {
            $null = $resource | Remove-ClusterCheckpoint @crypto
        }
        'CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS' {
            $null = $resource | Get-ClusterCheckpoint -CryptoCheckpoint
        }
        default { throw "the control code $($Parameters.code) cannot be sent by a cmdlet" }
    }
    0
}

function Invoke-CreateClusterResource($Parameters) {
    $null = New-TestResource $Parameters.resource $Parameters.group
    0
}

function Invoke-OnlineClusterResource($Parameters) {
    $null = Get-OwnResource $Parameters.resource | Start-ClusterResource -Wait $PendingSeconds
    0
}

function Invoke-OfflineClusterResource($Parameters) {
    $null = Get-OwnResource $Parameters.resource | Stop-ClusterResource -Wait $PendingSeconds
    0
}

function Invoke-FailClusterResource($Parameters) {
    $null = Get-OwnResource $Parameters.resource | Test-ClusterResourceFailure -Force
    Wait-WhilePending
    0
}

function Invoke-DeleteClusterResource($Parameters) {
    Get-OwnResource $Parameters.resource | Remove-ClusterResource -Force
    0
}

function Invoke-MoveClusterGroup($Parameters) {
    $group = Get-OwnGroup $Parameters.group
    $node = Get-Field $Parameters 'node' $null
    $where = if ($null -eq $node) { @{} } else { @{ Node = $node } }
    $null = $group | Move-ClusterGroup @where -Wait $PendingSeconds
    0
}

function Invoke-NodeCrash($Parameters) {
    # The service is disabled first, because its recovery action would start it at once.
    Invoke-Command -Session (Get-NodeSession $Parameters.node) -ScriptBlock {
        Set-Service -Name ClusSvc -StartupType Disabled
        Stop-Process -Name clussvc -Force
    }
    Wait-WhilePending
    $null
}

function Invoke-NodeJoin($Parameters) {
    Invoke-Command -Session (Get-NodeSession $Parameters.node) -ScriptBlock {
        Set-Service -Name ClusSvc -StartupType Automatic
    }
    $null = Start-ClusterNode -Name $Parameters.node -Wait $PendingSeconds
    Wait-WhilePending
    $null
}

function Invoke-CaptureDelayPasses($Parameters) {
    Start-Sleep -Seconds $CaptureSeconds
    $null
}

#endregion
#region The cluster

function Get-OwnGroup([string] $Name) {
    $group = Get-ClusterGroup -Name $Name
    if ($group.Description -ne $OwnGroup) { throw "the group $Name was not created by this adapter" }
    $group
}

function Get-OwnResource([string] $Name) {
    $resource = Get-ClusterResource -Name $Name
    $null = Get-OwnGroup "$($resource.OwnerGroup)"
    $resource
}

function New-TestResource([string] $Name, [string] $Group) {
    $null = Get-OwnGroup $Group
    $made = Add-ClusterResource -Name $Name -Group $Group -ResourceType 'Generic Application'
    $made | Set-ClusterParameter -Multiple @{
        CommandLine = 'ping.exe -t 127.0.0.1'
        CurrentDirectory = $env:SystemRoot
    }
    $made
}

function Wait-WhilePending {
    $deadline = (Get-Date).AddSeconds($PendingSeconds)
    do {
        Start-Sleep -Seconds 1
        $pending = @(Get-ClusterResource | Where-Object { "$($_.State)" -match 'Pending' })
    } while ($pending.Count -gt 0 -and (Get-Date) -lt $deadline)
}

function Remove-OwnGroups {
    foreach ($group in @(Get-ClusterGroup | Where-Object { $_.Description -eq $OwnGroup })) {
        $group | Remove-ClusterGroup -RemoveResources -Force
    }
}

function Reset-Registry($Registry, [string[]] $Nodes) {
    foreach ($node in $Nodes) {
        foreach ($root in $AllowedRoots) {
            $null = Invoke-RegistryWork $node 'deletetree' $root 'native'
        }
    }
    foreach ($node in @($Registry.PSObject.Properties)) {
        foreach ($key in @($node.Value.PSObject.Properties)) {
            Assert-Allowed $key.Name
            $null = Invoke-RegistryWork $node.Name 'create' $key.Name 'native'
            foreach ($one in @($key.Value.PSObject.Properties)) {
                $value = ConvertTo-RegistryValue $one.Value
                $null = Invoke-RegistryWork $node.Name 'set' $key.Name 'native' $one.Name $value
            }
        }
    }
}

function Reset-Group($Group) {
    $made = Add-ClusterGroup -Name $Group.name
    $made.Description = $OwnGroup
    if (Get-Field $Group 'preferred_owners' $null) {
        $null = $made | Set-ClusterOwnerNode -Owners $Group.preferred_owners
    }
    if (Get-Field $Group 'owner' $null) { $null = $made | Move-ClusterGroup -Node $Group.owner }
}

function Reset-Resource($Resource) {
    $made = New-TestResource $Resource.name $Resource.group
    if (Get-Field $Resource 'possible_owners' $null) {
        $null = $made | Set-ClusterOwnerNode -Owners $Resource.possible_owners
    }
    foreach ($checkpoint in @(Get-Field $Resource 'registry_checkpoints' @())) {
        if ((Get-Field $checkpoint 'view' 'native') -ne 'native') { throw 'a cmdlet has no view' }
        $null = $made | Add-ClusterCheckpoint -RegistryCheckpoint $checkpoint.key
    }
    if (@(Get-Field $Resource 'crypto_checkpoints' @()).Count -gt 0) {
        throw 'key containers cannot be set up by this adapter'
    }
}

#endregion
#region Methods of the protocol

$Calls = @(
    'RegCreateKeyEx', 'RegSetValueEx', 'RegDeleteValue', 'RegDeleteTree', 'RegOpenKeyEx',
    'RegCloseKey', 'ClusterResourceControl', 'CreateClusterResource', 'OnlineClusterResource',
    'OfflineClusterResource', 'FailClusterResource', 'DeleteClusterResource', 'MoveClusterGroup',
    'NodeCrash', 'NodeJoin', 'CaptureDelayPasses'
)
$Observes = @('states', 'owners', 'registry', 'checkpoints', 'groups')

function Get-Capabilities {
    $cluster = Get-Cluster
    [ordered] @{
        protocol = 'clusckpt-adapter/1'
        implementation = [ordered] @{
            name = 'Windows failover cluster'
            version = "$([Environment]::OSVersion.Version) ($($cluster.Name))"
        }
        calls = $Calls
        observes = $Observes
    }
}

function Reset-Cluster($Parameters) {
    $cluster = $Parameters.cluster
    if (Get-Field $Parameters 'containers' $null) {
        throw 'key containers cannot be set up by this adapter'
    }
    Remove-OwnGroups
    Reset-Registry (Get-Field $Parameters 'registry' ([pscustomobject] @{})) $cluster.nodes
    foreach ($group in $cluster.groups) { Reset-Group $group }
    foreach ($resource in $cluster.resources) { Reset-Resource $resource }
    foreach ($resource in $cluster.resources) {
        foreach ($needed in @(Get-Field $resource 'dependencies' @())) {
            $null = Add-ClusterResourceDependency -Resource $resource.name -Provider $needed
        }
    }
}

function Get-Observation($Parameters) {
    $up = @(Get-ClusterNode | Where-Object { "$($_.State)" -eq 'Up' } | ForEach-Object Name)
    $seen = [ordered] @{ states = @{}; owners = @{}; groups = @{}; checkpoints = @{}; registry = @{} }
    foreach ($name in @(Get-Field $Parameters 'states' @())) {
        $seen.states[$name] = "$((Get-ClusterResource -Name $name).State)"
    }
    foreach ($name in @(Get-Field $Parameters 'owners' @())) {
        $seen.owners[$name] = "$((Get-ClusterGroup -Name $name).OwnerNode)"
    }
    foreach ($name in @(Get-Field $Parameters 'groups' @())) {
        $seen.groups[$name] = "$((Get-ClusterGroup -Name $name).State)"
    }
    foreach ($name in @(Get-Field $Parameters 'checkpoints' @())) {
        $listed = Get-ClusterCheckpoint -ResourceName $name -RegistryCheckpoint
        $seen.checkpoints[$name] = @($listed | ForEach-Object { "$($_.Name)" })
    }
    $asked = Get-Field $Parameters 'registry' ([pscustomobject] @{})
    foreach ($node in @($asked.PSObject.Properties | Where-Object { $up -contains $_.Name })) {
        $seen.registry[$node.Name] = Get-ObservedTree $node.Name $node.Value
    }
    $seen
}

function Get-ObservedTree([string] $Node, $Keys) {
    $tree = @{}
    foreach ($key in @($Keys.PSObject.Properties)) {
        $values = Invoke-RegistryWork $Node 'read' $key.Name 'native' @($key.Value)
        $tree[$key.Name] = if ($null -eq $values) { $null } else {
            $written = @{}
            foreach ($name in @($values.Keys)) {
                $written[$name] = ConvertFrom-RegistryValue $values[$name]
            }
            $written
        }
    }
    $tree
}

function Invoke-Call([string] $Method, $Parameters) {
    try {
        $status = & "Invoke-$Method" $Parameters
    } catch {
        $status = Get-NativeStatus $_.Exception
        if ($null -eq $status) { throw }
    }
    [ordered] @{ returned = $status }
}

function Get-NativeStatus([Exception] $Thrown) {
    for ($one = $Thrown; $null -ne $one; $one = $one.InnerException) {
        if ($one -is [ComponentModel.Win32Exception]) { return $one.NativeErrorCode }
    }
}

function Invoke-Method([string] $Method, $Parameters) {
    switch ($Method) {
        'initialize' { return Get-Capabilities }
        'reset' { $null = Reset-Cluster $Parameters; return $null }
        'observe' { return Get-Observation $Parameters }
        'shutdown' {
            foreach ($session in @($Sessions.Values)) { Remove-PSSession -Session $session }
            return $null
        }
    }
    if ($Calls -cnotcontains $Method) { throw [MissingMethodException] "there is no method $Method" }
    Invoke-Call $Method $Parameters
}

function Write-Response($Id, [string] $Name, $Content) {
    $response = [ordered] @{ jsonrpc = '2.0'; id = $Id; $Name = $Content }
    [Console]::Out.WriteLine((ConvertTo-Json -InputObject $response -Compress -Depth 32))
    [Console]::Out.Flush()
}

function Write-Fault($Id, [int] $Code, [string] $Message) {
    Write-Response $Id 'error' ([ordered] @{ code = $Code; message = $Message })
}

#endregion

[Console]::InputEncoding = [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
while ($null -ne ($line = [Console]::In.ReadLine())) {
    try {
        $request = ConvertFrom-Json -InputObject $line
    } catch {
        Write-Fault $null -32700 "$_"
        continue
    }
    $id = Get-Field $request 'id' $null
    $method = Get-Field $request 'method' ''
    try {
        $result = Invoke-Method $method (Get-Field $request 'params' ([pscustomobject] @{}))
        Write-Response $id 'result' $result
    } catch [MissingMethodException] {
        Write-Fault $id -32601 "$_"
    } catch {
        Write-Fault $id -32000 "$_"
    }
    if ($method -eq 'shutdown') { break }
}
