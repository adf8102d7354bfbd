"""The map of the pages, by their subject."""

from django.urls import path

from proposals.pages.compare import frozen, pasted
from proposals.pages.compare import views as compare
from proposals.pages.records import views as records

app_name = "pages"
urlpatterns = [
    path("", compare.home, name="home"),
    path("compare/", compare.comparison, name="compare"),
    path("compare/freeze/", frozen.freeze_comparison, name="freeze"),
    path("compare/text/", pasted.compare_text, name="compare-text"),
    path("snapshots/<str:digest>/", frozen.snapshot, name="snapshot"),
    path("proposals/<slug:slug>/", records.proposal, name="proposal"),
]
