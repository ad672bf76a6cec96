"""The checkpoint rules of Windows failover clusters as a specification.

Rules with their sources (`register`), the places where the documents differ or are silent
(`ambiguities`), ways to read them (`readings`), the transition system (`system`), the formats
(`formats`), and the document made of all this (`prose`).
"""
