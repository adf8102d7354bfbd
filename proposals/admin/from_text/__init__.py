"""A new proposal from a text: pasted or uploaded, cut into clauses, mended and coded on one page, saved at once.

The state of the page is its form and nothing else: no draft rows, no session, and whatever is posted is shown again.
"""
