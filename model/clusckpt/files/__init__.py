"""Reading what users bring: clusters, traces and PowerShell output, or a message that says why not.

Everything read here is untrusted. The one subtle fact: whatever is wrong with a file ends in
`errors.UnusableInput`, which names the place, what came, what is allowed and what to do next.
"""
