from proposals.search import lookups
