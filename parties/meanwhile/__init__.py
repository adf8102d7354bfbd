"""What others did to a record between opening its page in the admin and saving it; nobody's work is lost unseen.

A page carries what it showed. When it is saved, that is compared with what is stored now and with what was sent: what
its sender left alone stays as it is stored, what others left alone is saved as it was sent, and where both changed one
row of the database nothing is saved, and the sender decides (docs/decisions/nothing-lost.md).
"""
