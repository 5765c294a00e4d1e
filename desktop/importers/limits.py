"""What one file may cost: every limit that reading hostile or huge input runs into, in one place.

Going over one is a Problem TOO_LARGE or DAMAGED about that file; the time and memory of the process that
reads it are bounded besides (see `desktop.workers`).
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024

FILE_MEGABYTES = 64  #: larger files are refused: no article is that long
BUNDLE_MEGABYTES = 1024  #: archives and mailboxes, which are read piece by piece
UNPACKED_MEGABYTES = 512  #: what all members of one package or archive may unpack to, together
MEMBER_MEGABYTES = 64  #: what one member of a package or archive may unpack to
MEMBERS = 20_000  #: members of one package or archive
ARCHIVE_DEPTH = 3  #: archives in archives in an archive
NESTING = 1_000  #: elements in elements of HTML and XML, groups in groups of RTF
WEIGHED_ELEMENTS = 30_000  #: of a page; what has more is read by its own marks alone
PAGES = 3_000  #: of one PDF
PAGE_CHARACTERS = 60_000  #: of one page of a PDF
OCR_PAGES = 300  #: pages of one PDF that are read by character recognition
OCR_PAGE_SECONDS = 60.0
ROWS = 200_000  #: of one table
CELL_CHARACTERS = 1_000_000  #: of one cell of a table
ARTICLES = 50_000  #: of one file
LINK_CHARACTERS = 2_000  #: longer addresses are no addresses
DETAIL_CHARACTERS = 500  #: of a title, author, source

READ_SECONDS = 60.0  #: for one file
SECONDS_PER_MEGABYTE = 20.0  #: more, for what holds many articles
MOST_SECONDS = 3600.0
