"""Addresses of the review below those of proposals in the admin."""

from django.urls import URLPattern, path, reverse

from parties.editing import Tool
from proposals.admin.line_up import views
from proposals.models import Proposal


def line_up_urls(wrap: views.Wrap) -> list[URLPattern]:
    """`wrap` keeps everybody out who may not enter the admin."""
    return [
        path("<int:pk>/line-up/", wrap(views.choose), name="proposals_proposal_line_up_with"),
        path("line-up/<slug:left>/<slug:right>/", wrap(views.review_page), name="proposals_proposal_line_up"),
        path("line-up/<slug:left>/<slug:right>/decide/", wrap(views.decide_pair), name="proposals_proposal_decide"),
        path("line-up/<slug:left>/<slug:right>/silence/", wrap(views.silence), name="proposals_proposal_silence"),
    ]


def line_up_tool(proposal: Proposal) -> Tool:
    return Tool(label="Line up with…", url=reverse("admin:proposals_proposal_line_up_with", args=[proposal.pk]))
