"""The map of the pages, by their subject."""

from django.urls import path

from proposals.pages.compare import views as compare
from proposals.pages.coverage import views as coverage
from proposals.pages.lineage import views as lineage
from proposals.pages.records import views as records

app_name = "pages"
urlpatterns = [
    path("", compare.home, name="home"),
    path("compare/", compare.comparison, name="compare"),
    path("coverage/", coverage.coverage_page, name="coverage"),
    path("coverage.svg", coverage.coverage_picture, name="coverage-picture"),
    path("lineage/", lineage.lineages, name="lineages"),
    path("lineage/<slug:slug>/", lineage.lineage, name="lineage"),
    path("lineage/<slug:slug>.svg", lineage.lineage_picture, name="lineage-picture"),
    path("proposals/<slug:slug>/", records.proposal, name="proposal"),
]
