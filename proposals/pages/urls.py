"""The report pages."""

from django.urls import path

from proposals.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("compare/", views.comparison, name="compare"),
    path("proposals/<slug:slug>/", views.proposal, name="proposal"),
]
