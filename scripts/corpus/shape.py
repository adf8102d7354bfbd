"""How the shipped data are shaped: shares measured over the clauses and proposals of fixtures/ on 2026-11-23.

tests/scripts/test_corpus.py measures them again and holds the corpus to them. Two things are other on purpose: a corpus
has 30 clauses an agreement where fixtures/ has 10, and some of its texts are verbatim or translated, where those of
fixtures/ are all paraphrased.
"""

from collections.abc import Mapping

Shares = Mapping[int, float]

# Clauses of a proposal as multiples of the mean: each decile of fixtures/ is drawn alike.
SIZES = (0.15, 0.3, 0.4, 0.48, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.85, 0.98, 1.0, 1.2, 1.5, 1.75, 2.2, 2.6, 2.75, 3.7)
# Words that a clause is filled up to, so that the whole, figures and names with it, is as long as in fixtures/.
WORDS_MEDIAN, WORDS_SPREAD, WORDS_MOST = 10.5, 0.5, 48

TOPICS: Shares = {1: 178, 2: 147, 3: 55, 4: 15, 5: 2}
TERRITORIES: Shares = {0: 189, 1: 161, 2: 22, 3: 10, 4: 9, 5: 5, 6: 1}
TERMS: Shares = {0: 336, 1: 39, 2: 16, 3: 4, 6: 2}
DEPENDENCIES: Shares = {0: 310, 1: 79, 2: 6, 3: 1, 9: 1}
CONTESTS: Shares = {0: 366, 1: 9, 2: 20, 3: 2}
SOURCES: Shares = {1: 223, 2: 141, 3: 29, 4: 2, 5: 2}
OBLIGATED: Shares = {1: 60, 2: 25, 3: 9, 4: 5, 6: 1}
BENEFICIARY: Shares = {1: 87, 2: 11, 3: 2}
GUARANTOR = 0.15

MODALITY = {"must": 268, "must_not": 57, "may": 43, "aims": 24, "expects": 3}
KIND = {"commitment": 377, "declaration": 18, "deletion": 1, "placeholder": 1}
STRIKES, CONDITION, NOTE, ELSEWHERE = 0.005, 0.045, 0.05, 0.05
LEGAL_EFFECT = {"": 378, "in_fact": 8, "in_law": 7, "none": 4}
EXTENT = {"": 356, "all": 37, "part": 4}
PERMANENCE = {"": 381, "permanent": 6, "temporary": 10}
EVIDENCE = {"page_excerpt": 350, "full_text": 30, "unverified": 17}
CONFIDENCE = {"high": 346, "medium": 48, "low": 3}
WORDING = {"paraphrase": 70, "verbatim": 20, "translation": 10}
RELATIONS = {
    "after": 42, "with": 18, "qualifies": 13, "instead_of": 12, "void_if": 4, "if": 3, "in_return_for": 3, "during": 3,
    "revokes": 3, "except_for": 2,
}  # fmt: skip
COMPARATORS = {
    "exactly": 33, "at_most": 29, "about": 6, "unlimited": 5, "between": 4, "unspecified": 3, "at_least": 3,
    "more_than": 1,
}  # fmt: skip
TERM_KINDS = {"quantity": 61, "duration": 23, "date": 11}

PROPOSAL_KIND = {
    "limited_truce": 5, "points_plan": 4, "framework": 4, "unilateral_offer": 4, "joint_statement": 3,
    "position_paper": 3,
    "counter_proposal": 3, "communique": 2, "draft_treaty": 2, "memorandum": 2, "commentator_proposal": 1,
    "informal_idea": 1, "talks_round": 1, "declaration": 1,
    "formula": 1, "reported_condition": 1, "bilateral_agreement": 1,
}  # fmt: skip
TEXT_STATUS = {"published": 21, "leaked": 9, "reported": 6, "signed": 3}
COMPLETE = {"yes": 22, "partly": 11, "no": 6}
OUTCOME = {
    "open": 10, "rejected": 10, "superseded": 9, "expired": 4, "not_implemented": 1, "disowned": 1, "conditional": 1,
    "accepted_in_part": 1, "unknown": 1, "in_force": 1,
}  # fmt: skip
VERIFICATION = {"page_excerpt": 25, "mostly": 13, "partly": 1}
LINEAGE: Shares = {0: 9, 1: 14, 2: 9, 3: 5, 4: 2}
LINEAGE_RELATIONS = {
    "builds_on": 22, "rivals": 8, "accompanies": 6, "refers_to": 6, "answers": 5, "revises": 5, "supersedes": 1,
}  # fmt: skip
SILENCES: Shares = {0: 28, 1: 4, 2: 3, 3: 2, 4: 1, 5: 1}
PROPOSAL_SOURCES: Shares = {1: 3, 2: 7, 3: 8, 4: 5, 5: 3, 7: 4, 10: 4, 13: 3, 16: 2}
# For each agreement.
POSITIONS, STATEMENTS, DISPUTES, PERSONS = 2.7, 4.8, 0.6, 1.0
