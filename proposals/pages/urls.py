"""The map of the pages, by their subject."""

from django.urls import path

from proposals.pages.compare import views as compare
from proposals.pages.readings import views as readings
from proposals.pages.records import views as records

app_name = "pages"
urlpatterns = [
    path("", compare.home, name="home"),
    path("compare/", compare.comparison, name="compare"),
    path("compare/readings/", readings.readings, name="readings"),
    path("compare/bracketed/", readings.bracketed, name="bracketed"),
    path("compare/bracketed.docx", readings.bracketed_document, name="bracketed-docx"),
    path("proposals/<slug:slug>/", records.proposal, name="proposal"),
]
