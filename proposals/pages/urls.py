"""The map of the pages, by their subject."""

from django.urls import path

from proposals.pages.compare import frozen, pasted
from proposals.pages.compare import views as compare
from proposals.pages.coverage import views as coverage
from proposals.pages.forweb import views as forweb
from proposals.pages.lineage import views as lineage
from proposals.pages.positions import views as positions
from proposals.pages.readings import views as readings
from proposals.pages.records import views as records
from proposals.pages.search import views as search
from proposals.pages.territories import views as territories
from proposals.pages.topics import views as topics

app_name = "pages"
urlpatterns = [
    path("", compare.home, name="home"),
    path("compare/", compare.comparison, name="compare"),
    path("compare/text/", pasted.compare_text, name="compare-text"),
    path("compare/freeze/", frozen.freeze_comparison, name="freeze"),
    path("compare/readings/", readings.readings, name="readings"),
    path("compare/bracketed/", readings.bracketed, name="bracketed"),
    path("compare/bracketed.docx", readings.bracketed_document, name="bracketed-docx"),
    path("snapshots/<str:digest>/", frozen.snapshot, name="snapshot"),
    path("coverage/", coverage.coverage_page, name="coverage"),
    path("coverage.svg", coverage.coverage_picture, name="coverage-picture"),
    path("lineage/", lineage.lineages, name="lineages"),
    path("lineage/<slug:slug>/", lineage.lineage, name="lineage"),
    path("lineage/<slug:slug>.svg", lineage.lineage_picture, name="lineage-picture"),
    path("positions/", positions.positions, name="positions"),
    path("positions.svg", positions.positions_picture, name="positions-picture"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("topics/<slug:slug>/figures.svg", topics.topic_picture, name="topic-picture"),
    path("proposals/<slug:slug>/", records.proposal, name="proposal"),
    path("proposals/<slug:slug>/clauses/<slug:key>/", records.clause, name="clause"),
    path("parties/", records.parties, name="parties"),
    path("parties/<slug:slug>/", records.party, name="party"),
    path("persons/<slug:slug>/", records.person, name="person"),
    path("sources/", records.sources, name="sources"),
    path("sources/<slug:slug>/", records.source, name="source"),
    path("territories/", territories.territories, name="territories"),
    path("territories/<slug:slug>/", territories.territory, name="territory"),
    path("search/", search.search, name="search"),
    path("disputes/<slug:slug>/", records.dispute, name="dispute"),
    path("compare/preview.png", forweb.compare_preview, name="compare-preview"),
    path("proposals/<slug:slug>/preview.png", forweb.proposal_preview, name="proposal-preview"),
    path("feeds/proposals.atom", forweb.proposals_feed, name="proposals-feed"),
    path("sitemap.xml", forweb.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", forweb.sitemap_section, name="sitemap-section"),
    path("robots.txt", forweb.robots, name="robots"),
]
