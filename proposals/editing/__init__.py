"""Work on whole clauses: split one, merge several, copy some to another proposal, arrange them anew.

Each function does all of it or nothing. Splitting, merging and copying wait for their turn like everything that
programs write, and note in the history of the records what was done, and by whom. Nothing that refers is lost.
"""

from proposals.editing.arranging import arrange_clauses
from proposals.editing.codings import Coding, codings_of
from proposals.editing.copying import copies_of, copy_clauses, left_out
from proposals.editing.faults import EditingFault, UnableToEdit
from proposals.editing.keys import merged_key, part_keys
from proposals.editing.merging import codings_of_merged, merge_clauses, merged_columns
from proposals.editing.referring import Referrer, referrers_of
from proposals.editing.splitting import Part, split_clause

__all__ = [
    "Coding",
    "EditingFault",
    "Part",
    "Referrer",
    "UnableToEdit",
    "arrange_clauses",
    "codings_of",
    "codings_of_merged",
    "copies_of",
    "copy_clauses",
    "left_out",
    "merge_clauses",
    "merged_columns",
    "merged_key",
    "part_keys",
    "referrers_of",
    "split_clause",
]
