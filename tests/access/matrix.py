"""Who may open, do and ask what. What is new is placed here, or test_admin_pages and test_api_operations name it.

A row of the admin has what reader, editor, reviewer and administrator get: 200 opens, 403 refuses, 302 leads away as
from a record that is not there. Who is not of the staff is always led to the page that asks for name and password.
"""

from collections.abc import Callable
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.db.models import Model
from knox.models import AuthToken

from parties.history import changes_of
from parties.models import Party, Person
from proposals.models import (
    AlignmentRun,
    Clause,
    Decision,
    Dispute,
    ImportedRecord,
    Measure,
    Position,
    Process,
    Proposal,
    Snapshot,
    Source,
    Statement,
    Territory,
    Topic,
    TopicGroup,
    VocabularySnapshot,
)

Row = tuple[int, int, int, int]
ALL: Row = (200, 200, 200, 200)
STAFF: Row = (403, 200, 200, 200)
REVIEWERS: Row = (403, 403, 200, 200)
ADMINISTRATORS: Row = (403, 403, 403, 200)
NOBODY: Row = (403, 403, 403, 403)

# Records that are public.
_RECORD = {"changelist": ALL, "add": STAFF, "change": ALL, "delete": REVIEWERS, "history": STAFF}
_LOOKED_AT = {"changelist": STAFF, "add": NOBODY, "change": STAFF, "delete": NOBODY, "history": STAFF}
_UNSTAGED = (Party, Person, Process, TopicGroup, Topic, Territory, Measure, Source, Dispute)
_STAGED = (Proposal, Clause, Position, Statement)
MODELS: dict[type[Model], dict[str, Row]] = {
    **dict.fromkeys(_UNSTAGED, _RECORD),
    **dict.fromkeys(_STAGED, _RECORD),
    Decision: {"changelist": STAFF, "add": STAFF, "change": STAFF, "delete": STAFF, "history": STAFF},
    **dict.fromkeys((ImportedRecord, Snapshot, VocabularySnapshot), _LOOKED_AT),
    AlignmentRun: _LOOKED_AT | {"add": REVIEWERS},
    # The token is the administrator's own; those of others are not there for who does not manage users.
    AuthToken: {
        "changelist": STAFF,
        "add": NOBODY,
        "change": (403, 302, 302, 200),
        "delete": (403, 302, 302, 200),
        "history": (302, 302, 302, 200),
    },
    AccessAttempt: {
        "changelist": ADMINISTRATORS,
        "add": NOBODY,
        "change": ADMINISTRATORS,
        "delete": ADMINISTRATORS,
        "history": ADMINISTRATORS,
    },
    User: {
        "changelist": ADMINISTRATORS,
        "add": ADMINISTRATORS,
        "change": ADMINISTRATORS,
        "delete": NOBODY,
        "history": ADMINISTRATORS,
    },
    Group: {
        "changelist": ADMINISTRATORS,
        "add": ADMINISTRATORS,
        "change": ADMINISTRATORS,
        "delete": ADMINISTRATORS,
        "history": ADMINISTRATORS,
    },
}

Records = dict[type[Model], Model]


def last_change(record: Model) -> str:
    """The newest set of changes of a record, as addresses name it."""
    return changes_of(record, limit=1)[0].address


# Every other page by the name of its address, with what stands in the address.
PAGES: dict[str, tuple[Callable[[Records], list[Any]], Row]] = {
    "index": (lambda records: [], ALL),
    "app_list": (lambda records: ["proposals"], ALL),
    "password_change": (lambda records: [], ALL),
    "password_change_done": (lambda records: [], ALL),
    "jsi18n": (lambda records: [], ALL),
    # Asked for a field of a record; see test_admin_pages.
    "autocomplete": (lambda records: [], NOBODY),
    # No record of ours has an address of that kind.
    "view_on_site": (lambda records: [1, 1], (404, 404, 404, 404)),
    "auth_user_password_change": (lambda records: [records[User].pk], ADMINISTRATORS),
    "proposals_proposal_from_text": (lambda records: [], STAFF),
    "proposals_proposal_copy": (lambda records: [records[Proposal].pk], STAFF),
    "proposals_proposal_line_up_with": (lambda records: [records[Proposal].pk], STAFF),
    "proposals_proposal_line_up": (lambda records: ["council-plan", "front-answer"], STAFF),
    # Sent to, and not opened: test_admin_pages sends to them.
    "proposals_proposal_decide": (lambda records: ["council-plan", "front-answer"], (405, 405, 405, 405)),
    "proposals_proposal_silence": (lambda records: ["council-plan", "front-answer"], (405, 405, 405, 405)),
    "proposals_clause_split": (lambda records: [records[Clause].pk], STAFF),
    "proposals_clause_merge": (lambda records: [records[Clause].pk], STAFF),
    "proposals_proposal_move": (lambda records: [records[Proposal].pk, "withdrawn"], REVIEWERS),
    "proposals_clause_move": (lambda records: [records[Clause].pk, "withdrawn"], REVIEWERS),
    "proposals_position_move": (lambda records: [records[Position].pk, "withdrawn"], REVIEWERS),
    "proposals_statement_move": (lambda records: [records[Statement].pk, "withdrawn"], REVIEWERS),
}
for _model in (*_UNSTAGED, *_STAGED, Decision):
    _name = f"{_model._meta.app_label}_{_model._meta.model_name}"
    PAGES |= {
        # Decisions are for staff alone to see.
        f"{_name}_export": (lambda records: [], STAFF if _model is Decision else ALL),
        f"{_name}_import": (lambda records: [], STAFF),
        f"{_name}_deleted": (lambda records: [], STAFF),
        # Nothing is deleted in the test: who may look is told so.
        f"{_name}_deleted_record": (lambda records: [0], (403, 404, 404, 404)),
        f"{_name}_state": (lambda records, model=_model: [records[model].pk, last_change(records[model])], STAFF),
        f"{_name}_restore": (lambda records, model=_model: [records[model].pk, last_change(records[model])], REVIEWERS),
    }
# What is open to everybody, since it is where one comes in or goes out.
OPEN_PAGES = {"login", "logout"}

# What lists offer to do with many records, by the first role that may.
_EXPORTS = {f"export_{name}": "reader" for name in ("yaml", "csv", "xlsx")}
_DELETE_DRAFTS = {"delete_selected": "editor"}
_DELETE = {"delete_selected": "reviewer"}
_STAGES = {
    "submit_for_review": "editor",
    "send_back": "editor",
    "make_public": "editor",
    "withdraw": "reviewer",
    "take_up_again": "reviewer",
}
ACTIONS: dict[type[Model], dict[str, str]] = {
    **dict.fromkeys(
        (Party, Person, Process, TopicGroup, Topic, Territory, Measure, Source, Dispute), _DELETE | _EXPORTS
    ),
    **dict.fromkeys(_STAGED, _STAGES | _DELETE_DRAFTS | _EXPORTS),
    Clause: _STAGES | _DELETE_DRAFTS | _EXPORTS | {"copy_to_another": "editor"},
    Decision: {"judge_again": "editor", **_DELETE_DRAFTS, **_EXPORTS},
    **{model: {} for model in (ImportedRecord, Snapshot, VocabularySnapshot, User)},
    AlignmentRun: {"cancel": "reviewer"},
    AuthToken: _DELETE_DRAFTS,
    AccessAttempt: {"release": "administrator", "delete_selected": "administrator"},
    Group: {"delete_selected": "administrator"},
}

# Operations of the API by the first who may: "anybody", or a role. A token may what its user may, but makes no other.
_LISTS = (
    *("clauses", "disputes", "measures", "parties", "persons", "positions", "processes", "proposals"),
    *("proposals_clauses", "snapshots", "sources", "statements", "territories", "topic_groups", "topics"),
)
OPERATIONS: dict[str, str] = {
    **{f"{name}_list": "anybody" for name in _LISTS},
    **{f"{name}_retrieve": "anybody" for name in _LISTS if name != "clauses"},
    "proposals_clauses_counterparts_list": "anybody",
    "topics_timeline_list": "anybody",
    "changes_list": "anybody",
    "changes_feed": "anybody",
    "comparisons_retrieve": "anybody",
    "comparisons_of_texts": "anybody",
    "snapshots_create": "anybody",
    "dump_retrieve": "anybody",
    "proposals_nearest_list": "anybody",
    "alignment_runs_list": "editor",
    "alignment_runs_retrieve": "editor",
    "alignment_runs_create": "reviewer",
    "alignment_runs_cancel": "reviewer",
    "decisions_list": "editor",
    "decisions_retrieve": "editor",
    **{
        f"{name}_{action}": "editor"
        for name in ("proposals", "proposals_clauses", "positions", "decisions")
        for action in ("create", "partial_update")
    },
    # The records of the test are public: an editor deletes drafts only.
    **{f"{name}_destroy": "reviewer" for name in ("proposals", "proposals_clauses", "positions")},
    "decisions_destroy": "editor",
    "imports_create": "editor",
    "tokens_list": "editor",
    "tokens_create": "editor",
    "tokens_destroy_all": "editor",
    "tokens_destroy": "editor",
}

# What pages take beside GET and HEAD, with what an empty form is answered; all else is 405, for everybody.
FORMS = {
    # A form with nothing in it is shown again.
    ("compare-text", "post"): {400},
    ("freeze", "post"): {400},
}
# Answered alike whoever asks, and with whatever key.
# Readiness asks over a connection of its own, which sees no record of a test's transaction.
OTHER_ADDRESSES = {"/healthz": 200, "/readyz": 503, "/api/schema/": 200, "/api/docs/": 200, "/robots.txt": 200}
