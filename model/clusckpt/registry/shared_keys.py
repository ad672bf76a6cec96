r"""Which keys the 64-bit and the 32-bit view of the registry share, and which they do not.

The table follows the one that win32 WinProg64/shared-registry-keys publishes for Windows Server
2008 R2 and later, as far as HKEY_LOCAL_MACHINE is concerned. It was written down without the
page at hand, so hold an entry against the page before you rest anything on it. A key is like the
nearest key of the table at or above it: `Software\Classes\.txt` is shared because
`Software\Classes` is, and `Software\Classes\CLSID\{...}` has a place of its own in either view.
Whatever lies outside `Software` is shared.
"""

from clusckpt.names import SEPARATOR, FoldedPath, fold_path

_SHARED = r"""
Software\Classes
Software\Clients
Software\Microsoft\COM3
Software\Microsoft\Cryptography\Calais\Current
Software\Microsoft\Cryptography\Calais\Readers
Software\Microsoft\Cryptography\Services
Software\Microsoft\CTF\SystemShared
Software\Microsoft\CTF\TIP
Software\Microsoft\DFS
Software\Microsoft\Driver Signing
Software\Microsoft\EnterpriseCertificates
Software\Microsoft\EventSystem
Software\Microsoft\MSMQ
Software\Microsoft\Non-Driver Signing
Software\Microsoft\Notepad\DefaultFonts
Software\Microsoft\OLE
Software\Microsoft\RAS
Software\Microsoft\RPC
Software\Microsoft\Shared Tools\MSInfo
Software\Microsoft\SystemCertificates
Software\Microsoft\TermServLicensing
Software\Microsoft\Transaction Server
Software\Microsoft\Windows\CurrentVersion\App Paths
Software\Microsoft\Windows\CurrentVersion\Control Panel\Cursors\Schemes
Software\Microsoft\Windows\CurrentVersion\Explorer\AutoplayHandlers
Software\Microsoft\Windows\CurrentVersion\Explorer\DriveIcons
Software\Microsoft\Windows\CurrentVersion\Explorer\KindMap
Software\Microsoft\Windows\CurrentVersion\Group Policy
Software\Microsoft\Windows\CurrentVersion\Policies
Software\Microsoft\Windows\CurrentVersion\PreviewHandlers
Software\Microsoft\Windows\CurrentVersion\Setup
Software\Microsoft\Windows\CurrentVersion\Telephony\Locations
Software\Microsoft\Windows NT\CurrentVersion\Console
Software\Microsoft\Windows NT\CurrentVersion\FontDpi
Software\Microsoft\Windows NT\CurrentVersion\FontLink
Software\Microsoft\Windows NT\CurrentVersion\FontMapper
Software\Microsoft\Windows NT\CurrentVersion\Fonts
Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes
Software\Microsoft\Windows NT\CurrentVersion\Gre_Initialize
Software\Microsoft\Windows NT\CurrentVersion\Image File Execution Options
Software\Microsoft\Windows NT\CurrentVersion\LanguagePack
Software\Microsoft\Windows NT\CurrentVersion\NetworkCards
Software\Microsoft\Windows NT\CurrentVersion\Perflib
Software\Microsoft\Windows NT\CurrentVersion\Ports
Software\Microsoft\Windows NT\CurrentVersion\Print
Software\Microsoft\Windows NT\CurrentVersion\ProfileList
Software\Microsoft\Windows NT\CurrentVersion\Time Zones
Software\Policies
Software\RegisteredApplications
"""

_REDIRECTED = r"""
Software
Software\Classes\CLSID
Software\Classes\DirectShow
Software\Classes\Interface
Software\Classes\Media Type
Software\Classes\MediaFoundation
"""


def _keys(lines: str) -> frozenset[FoldedPath]:
    return frozenset(fold_path(tuple(line.split(SEPARATOR))) for line in lines.split("\n") if line)


SHARED_KEYS = _keys(_SHARED)
"""Keys of `Software` that both views have in one place."""

REDIRECTED_KEYS = _keys(_REDIRECTED)
"""Keys that each view has in a place of its own."""

_MOST_LEVELS = max(map(len, SHARED_KEYS | REDIRECTED_KEYS))


def is_shared(key: FoldedPath) -> bool:
    r"""Whether both views have a key in the same place.

    >>> is_shared(("SOFTWARE", "POLICIES", "X")), is_shared(("SOFTWARE", "X"))
    (True, False)
    """
    for length in range(min(len(key), _MOST_LEVELS), 0, -1):
        if key[:length] in SHARED_KEYS:
            return True
        if key[:length] in REDIRECTED_KEYS:
            return False
    return True
