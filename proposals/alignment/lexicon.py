"""General English words of ceasefire and peace texts: which are too common to count, and which mean the same.

Nothing here names a conflict, a party or a place. A concept is what negotiators call one thing in different words
(troops, soldiers, personnel); it lets two independent texts meet where their words do not.
"""

STOP_WORDS = frozenset(
    """
    a an and any are as at be been being but by can could did do does each either for from had has have he her his how
    i if in into is it its itself may might more most must no nor not of on once only or other others our own per shall
    she should so some such than that the their them themselves then there these they this those through thus to too
    under until up upon us was we were what when where whether which while who whom whose will with within would you
    your also both all every one about after again against before between during further here just out over same very
    """.split()
)

STRUCTURE = frozenset(
    """
    annex appendix article articles behalf chapter clause copies copy date dated day done dr duly faith general heading
    hereby initialled judge minister miscellaneous mr mrs ms no original originals page paragraph part place point
    preamble president provision provisions section signatories signatory signature signatures signed title undersigned
    whereof witness witnessed
    january february march april may june july august september october november december
    one two three four five six seven eight nine ten first second third fourth fifth
    """.split()
)

CONCEPTS: dict[str, str] = {
    "forces": "army armed force forces military militaries personnel serviceman servicemen soldier soldiers troop"
    " troops contingent contingents units unit formations",
    "weapons": "arms armament armaments weapon weapons weaponry equipment ammunition",
    "heavy-weapons": "artillery calibre tank tanks launcher launchers mortar mortars rocket rockets missile missiles",
    "aircraft": "aircraft jet jets plane planes fighter fighters flight flights aviation",
    "limit": "cap capped caps ceiling ceilings limit limits limited limitation limitations maximum restrict restricted"
    " restriction restrictions restrain",
    "withdraw": "withdraw withdraws withdrawn withdrawal withdrawing retreat retreated pullback pull pulled pulls"
    " redeploy redeployment leave leaves vacate vacated evacuate disengage disengagement",
    "ceasefire": "ceasefire ceasefires cease truce truces armistice cessation hostilities fighting halt",
    "pause": "pause pauses suspend suspended suspension temporarily temporary",
    "permanent": "permanent permanently lasting durable final",
    "talks": "talk talks negotiate negotiates negotiation negotiations dialogue consult consultation consultations"
    " discuss discussed discussions meeting meet summit",
    "treaty": "treaty treaties agreement agreements accord accords pact pacts memorandum",
    "prisoners": "prisoner prisoners captive captives detainee detainees detained pow pows hostage hostages interned"
    " imprisoned",
    "release": "release releases released free frees freed exchange exchanged exchanges swap swaps return returned"
    " returns repatriate repatriation",
    "dead": "body bodies dead remains deceased fallen",
    "missing": "missing disappeared",
    "children": "child children minors",
    "families": "family families reunification reunite reunites",
    "displaced": "displaced refugee refugees deported deportees returnees",
    "civilians": "civilian civilians population residents people persons",
    "aid": "aid humanitarian relief assistance help",
    "corridor": "corridor corridors crossing crossings passage access",
    "victims": "victim victims suffering survivors",
    "amnesty": "amnesty amnesties amnestied pardon pardons pardoned immunity",
    "accountability": "accountability tribunal tribunals court courts prosecute prosecuted prosecution crimes crime"
    " justice punish punishment",
    "claims": "claim claims complaint complaints",
    "reparations": "reparation reparations compensate compensated compensation indemnity damage damages",
    "sanctions": "sanction sanctions embargo embargoes",
    "lift": "lift lifted lifts lifting remove removed removes removal ease eased easing abolish abolished relief",
    "restore": "restore restored restores reinstate reinstated reimpose reimposed snapback",
    "reconstruction": "rebuild rebuilt rebuilds rebuilding reconstruct reconstructed reconstruction redevelop"
    " redeveloped redevelopment rehabilitate rehabilitated rehabilitation recovery repair repaired modernise",
    "investment": "invest invested invests investment investments fund funds funding finance financing financial"
    " capital",
    "frozen": "frozen freeze freezes immobilised",
    "assets": "asset assets reserves",
    "economy": "economic economy economies trade market markets industrial industry commercial commerce business",
    "resources": "resource resources mineral minerals earths mining oil",
    "energy": "energy electricity power gas heating grid",
    "nuclear": "nuclear atomic non-nuclear radiation",
    "plant": "plant station reactor",
    "monitoring": "monitor monitors monitored monitoring verify verified verification verifies supervise supervised"
    " supervises supervision observe observer observers oversee oversees inspection inspections surveillance",
    "committee": "committee committees commission commissions council board body centre center mechanism taskforce task"
    " group groups",
    "implementation": "implement implements implemented implementation compliance comply enforce enforces enforcement"
    " fulfil fulfilment",
    "violation": "violate violated violates violation violations breach breached breaches breaking",
    "penalty": "penalty penalties punitive consequences",
    "guarantee": "guarantee guarantees guaranteed guarantor guarantors assurance assurances protection",
    "attack": "attack attacks attacked invade invades invaded invading invasion aggression aggressor assault",
    "force-use": "forcible forcibly coercion",
    "alliance": "alliance alliances bloc blocs coalition coalitions allied",
    "neutral": "neutral neutrality non-aligned nonaligned",
    "membership": "member members membership join joins joining accession accede admit admitted admission enlarge"
    " enlargement expand expansion candidate",
    "consensus": "consensus unanimity unanimous",
    "bases": "base bases based station stationed stations deploy deployed deployment host hosts presence",
    "peacekeepers": "peacekeeper peacekeepers peacekeeping stabilisation",
    "recognition": "recognise recognised recognises recognition recognize recognized acknowledge acknowledged accepts"
    " accepted",
    "territory": "territory territories territorial land lands area areas region regions district"
    " districts province provinces",
    "border": "border borders frontier frontiers boundary boundaries",
    "line": "line lines front frontline",
    "zone": "zone zones buffer demilitarised demilitarized demilitarisation demilitarization",
    "sovereignty": "sovereign sovereignty independence independent integrity",
    "constitution": "constitution constitutional constitutionally",
    "law": "law laws legislation legislative legislatively legal legally enshrine",
    "ratify": "ratify ratified ratifies ratification parliament parliaments parliamentary",
    "referendum": "referendum referendums plebiscite",
    "elections": "election elections electoral vote votes voting poll polls ballot",
    "government": "government governance governed govern authority authorities administration administer",
    "disarm": "disarm disarmed disarmament demobilise demobilised demobilisation decommission",
    "mobilise": "mobilise mobilised mobilisation mobilization conscription",
    "integration": "integrate integrated integration cantonment cantonments barracks",
    "language": "language languages linguistic",
    "religion": "religion religions religious church churches interfaith",
    "minorities": "minority minorities",
    "tolerance": "tolerance tolerant coexistence understanding prejudice racism discrimination discriminatory",
    "education": "education educational school schools",
    "ideology": "ideology ideologies extremist extremism nationalist glorification glorifying",
    "media": "media press broadcasting",
    "navigation": "navigation shipping ships maritime vessels sea ports port",
    "river": "river rivers waterway waterways dam",
    "grain": "grain food agricultural exports export",
    "services": "services banking pensions telecommunications water sewage hospitals",
    "visit": "leader leaders president presidents heads",
    "immediate": "immediate immediately instantly promptly delay",
    "terror": "terror terrorist terrorism militant militants",
}

CONCEPT_OF: dict[str, str] = {word: concept for concept, listed in CONCEPTS.items() for word in listed.split()}
