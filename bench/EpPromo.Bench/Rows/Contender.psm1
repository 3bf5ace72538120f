# The other side of ProcessContender.cs.

# Does the work once for each line of input, and prints the seconds that it took, or the seconds that it returns. The first time, it checks before
# that the work does what it should; then that does not count as memory of the idle process.
function Start-Contender([scriptblock] $Work, [scriptblock] $Check = { }) {
    [Console]::WriteLine("ready $PID")
    while ($null -ne [Console]::ReadLine()) {
        & $Check
        $Check = { }
        [GC]::Collect()
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $returned = & $Work
        $seconds = if ($null -eq $returned) { $watch.Elapsed.TotalSeconds } else { [double] $returned }
        [Console]::WriteLine($seconds.ToString([cultureinfo]::InvariantCulture))
    }
}

# Throws unless a contender did all of its work.
function Assert-Count([int] $Count, [int] $Expected) {
    if ($Count -ne $Expected) { throw "$Count objects instead of $Expected." }
}
