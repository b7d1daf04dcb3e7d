# Completion of ebb for PowerShell. The words come from ebb itself.
Register-ArgumentCompleter -Native -CommandName ebb -ScriptBlock {
    param($word, $line, $cursor)
    $before = @($line.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.Extent.Text })
    # An empty last word would get lost on the way, so it has a sign in front of it.
    ebb complete powershell -- @before "=$word" 2>$null | ForEach-Object {
        $value, $about = $_ -split "`t", 2
        if ($value -ne ':') {
            if (-not $about) { $about = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
        }
    }
}
