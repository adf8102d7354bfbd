"""Addresses of parties and persons, below /api/v1/."""

from rest_framework.routers import SimpleRouter

from parties.api.views import PartyViewSet, PersonViewSet

router = SimpleRouter()
router.register("parties", PartyViewSet, basename="parties")
router.register("persons", PersonViewSet, basename="persons")

urlpatterns = router.urls
