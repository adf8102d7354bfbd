"""Parameters of the list of proposals."""

from parties.api.parameters import CodesFilter, OrderFilter, WordsFilter
from proposals.api.filters.parts import PartsOfParties
from proposals.api.filters.records import by_party, by_process, by_source, by_territory, by_topic, since, until
from proposals.models import Proposal, ProposalParty, Source


class ProposalParameters(PartsOfParties):
    parts = ProposalParty
    owner = "proposal"

    process = by_process("process")
    kind = CodesFilter("kind", choices=Proposal.Kind, help_text="Kinds of proposal.")
    text_status = CodesFilter("text_status", choices=Proposal.TextStatus, help_text="How the text is known.")
    clauses_complete = CodesFilter(
        "clauses_complete", choices=Proposal.Completeness, help_text="Whether the clause set is complete."
    )
    outcome = CodesFilter("outcome", choices=Proposal.Outcome, help_text="What became of it.")
    party = by_party("party", help_text="Parties (slugs) to the proposal; with `role`, in that role.")
    role = CodesFilter("role", choices=ProposalParty.Role, help_text="Roles of a party; with `party`, of that party.")
    date_from = since("last_day")
    date_to = until("date")
    q = WordsFilter("title", "short_title", "slug", help_text="Words in the title or slug.")
    ordering = OrderFilter(
        default="date", date=["date", "last_day", "slug"], title=["title"], changed_at=["changed_at", "slug"]
    )
