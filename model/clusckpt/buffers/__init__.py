"""The buffers of a control code: the string that goes in, the list that comes out, in bytes.

Sources: MsCS/clusterresourcecontrol and the pages of the codes; the choices are A8 and A15 to A18.
"""

from clusckpt.buffers.input_string import (
    Flaw,
    InputString,
    accepted_text,
    read_string,
    written_string,
)
from clusckpt.buffers.listing import Listing, sizes
from clusckpt.buffers.multi_sz import Ending, MalformedList, decoded, encoded, size_of
from clusckpt.buffers.output_buffer import Answer, OutputBuffer, answers

__all__ = [
    "Answer",
    "Ending",
    "Flaw",
    "InputString",
    "Listing",
    "MalformedList",
    "OutputBuffer",
    "accepted_text",
    "answers",
    "decoded",
    "encoded",
    "read_string",
    "size_of",
    "sizes",
    "written_string",
]
