"""Reports: what the oracle says of traces, as JUnit XML and as a page with a space-time diagram.

Start by reading `diagram`, which says what is drawn; `svg` says where, and `page` makes the HTML.
"""
