"""What invented agreements are about: topics in groups, and for each topic a few matters, each in rival phrasings.

A line is `slug | name | matter ; matter ; …`, a matter is `phrasing / phrasing`, after "X will …". {place} and {other}
are filled in. All of it is invented for this corpus: plain words on what such texts regulate anywhere.
"""

from dataclasses import dataclass

_TOPICS = """
# fighting | Fighting | How fighting stops and stays stopped.
general-truce | General truce | stop all fire on land, at sea and in the air around {place} / cease every hostile act near {place} and keep its guns silent ; order its units at {place} to hold their present posts / freeze its formations at {place} where they stand ; announce the truce to all of its commanders / tell every officer in the field that the shooting has ended
partial-truce | Partial truce | spare the wells, mills and power lines of {place} / leave water, bread and electricity at {place} out of the fighting ; fire no rockets towards {place} / keep long-range weapons away from {place} ; suspend flights over {place} / hold its aircraft back from the sky above {place}
observers | Observers | let observers travel freely through {place} / open every road of {place} to the monitors ; report each breach to the joint bureau / bring violations before the common office ; give the monitors maps and radio frequencies / share charts and call signs with the observing teams
withdrawal | Withdrawal | pull its brigades out of {place} / remove its troops from {place} and march them home ; return heavy guns to their depots / take artillery back into storage ; hand the barracks of {place} to the civil police / leave the garrison buildings at {place} to constables
buffer | Buffer zone | keep a strip of land near {place} free of soldiers / accept an empty belt along {place} without armed men ; mark the line at {place} with posts / set out the boundary of the zone near {place} on the ground ; patrol the zone together with {other} / send joint patrols with {other} into the belt
prisoners-exchange | Exchange of captives | release all captives held since the first battle / let every detained fighter go home ; exchange lists of prisoners with {other} / hand {other} the names of those it holds ; grant visits to the camps at {place} / open its detention houses near {place} to visitors
# forces | Forces | Size, arms and command of forces.
force-levels | Force levels | keep its standing army small / hold the number of its soldiers under the agreed mark ; disband the units raised during the conflict / dissolve regiments formed after the first clash ; lower the strength of its border guard / reduce the frontier service
heavy-arms | Heavy arms | store tanks and howitzers under seal / lock armour and cannon away under supervision ; destroy surplus shells at {place} / blow up unneeded ammunition near {place} ; declare all missiles to the registry / list each rocket in the common register
mines | Mines | clear mines from the fields of {place} / lift every buried charge around {place} ; hand over charts of minefields / deliver drawings that show where charges lie ; pay for the care of mine victims / carry the cost of treating people hurt by mines
integration | Integration of fighters | take former fighters into the regular service / enlist ex-combatants in a common army ; open assembly camps at {place} / gather the armed bands in camps near {place} ; pay each demobilised fighter a grant / give those who lay down arms a starting sum
foreign-units | Foreign units | send foreign units home / ask troops of other states to leave ; host no bases of outside powers / allow no alien garrison on its soil ; end contracts with hired soldiers / dismiss mercenaries and military contractors
command | Joint command | place its officers in a joint staff / second commanders to a combined headquarters ; keep a direct telephone line with {other} / run a hotline between its staff and that of {other} ; notify {other} of manoeuvres / announce exercises to {other} beforehand
# land | Land | Borders, status and control of places.
border | Border | recognise the old provincial border at {place} / treat the former boundary near {place} as the frontier ; appoint surveyors to draw the line / name experts who will trace the limit ; open crossings at {place} / let people pass the frontier at {place}
status | Status of a region | leave the status of {place} to later talks / settle the standing of {place} in a second round ; grant {place} a charter of its own / give {place} its own basic law ; hold a ballot on the future of {place} / ask the people of {place} to vote on their future
return-of-land | Return of land | give the valleys of {place} back / restore the district of {place} to its former authority ; vacate houses taken at {place} / clear the homes occupied in {place} ; transfer land records to {other} / pass cadastres on to {other}
access | Access and transit | keep the road to {place} open for trade / allow goods to roll freely to {place} ; let trains of {other} cross to the coast / give wagons of {other} a way to the sea ; charge no tolls at {place} / drop duties on passage through {place}
waterways | Rivers and harbours | dredge the harbour of {place} together with {other} / deepen the port at {place} jointly with {other} ; share the water of {place} by season / divide the flow of {place} according to the time of year ; reopen the ferries of {place} / run the boats across {place} again
holy-places | Heritage | guard the shrines and archives of {place} / protect temples, tombs and libraries at {place} ; return carried-off manuscripts / bring removed books and relics back ; keep a common list of monuments / register historic buildings together
# rule | Government | Institutions, elections and powers.
interim-government | Interim government | share cabinet seats with {other} / form a transitional council with {other} ; rotate the chair of the council / pass the presidency round in turn ; leave office when the transition ends / step down at the close of the interim
elections | Elections | hold free elections in every district / let all districts go to the polls ; invite election watchers / welcome teams that follow the vote ; update the register of voters at {place} / renew the electoral roll of {place}
constitution | Constitution | call an assembly to write a constitution / convene delegates for a new basic law ; put the draft to the voters / submit the text to a referendum ; keep the rights chapter unchanged / leave the articles on liberties untouched
autonomy | Autonomy | let {place} levy its own taxes / give {place} a treasury of its own ; use both languages in the schools of {place} / teach in two tongues at {place} ; respect decisions of the assembly of {place} / honour what the council at {place} resolves
courts | Courts | appoint judges by a mixed board / fill the bench through a joint commission ; reopen the courthouse of {place} / let the tribunal at {place} sit again ; train magistrates with {other} / school its judges alongside those of {other}
police | Police | recruit constables from all communities / build a police of every group ; retrain officers at {place} / send policemen to the academy of {place} ; end special tribunals and secret detention / close hidden jails and summary courts
media | Press and speech | lift censorship of newspapers / end control over the press ; ban calls to violence on the air / keep incitement off radio and screens ; give {other} time on public radio / share broadcasting hours with {other}
parties-law | Political parties | register {other} as a political party / admit {other} to legal politics ; fund parties by their seats / pay parties in proportion to mandates ; bar armed wings of parties / forbid parties to keep fighters
# people | People | Captives apart: those who fled, suffered or are missing.
refugees | Return of refugees | let all who fled return to {place} / allow the displaced to come home to {place} ; issue papers to returning families / give identity cards to those who come back ; rebuild empty villages near {place} / repair abandoned hamlets around {place}
relief | Relief | let convoys with food and medicine pass to {place} / open the way for aid columns to {place} ; exempt relief goods from duty / tax no humanitarian cargo ; protect nurses and drivers of the relief societies / keep medical teams from harm
missing | Missing persons | search for the missing with {other} / look jointly with {other} for those who vanished ; open graves under expert care / exhume burial sites with specialists ; tell families what is known / inform relatives of every finding
children | Children | release all recruits under age / send child soldiers home ; reopen the schools of {place} / let classes begin again at {place} ; reunite children with their kin / bring separated minors back to families
women | Participation of women | reserve seats for women in each body / hold places for women on all councils ; investigate violence against women / pursue crimes against women ; ask women's groups of {place} for advice / consult the women's associations of {place}
minorities | Minorities | protect the customs of small communities / safeguard minority traditions ; count nobody by descent / keep no lists of origin ; grant minorities of {place} a veto on culture / let the small peoples of {place} block cultural laws
property | Property | restore houses to their owners / return dwellings to those who held them ; pay for what cannot be restored / compensate losses that are final ; hear claims at {place} / receive property suits in {place}
# justice | Justice | Responsibility, amnesty and memory.
amnesty | Amnesty | pardon those who only bore arms / grant amnesty to ordinary fighters ; pardon no torture or murder / exclude grave crimes from mercy ; lift bans on travel of {other} / cancel warrants against envoys of {other}
inquiry | Inquiry | open its archives to a truth commission / give investigators of the past its files ; hear witnesses in public / let testimony be given openly ; publish the findings in full / print the report without cuts
reparation | Reparation | pay pensions to survivors / grant victims a lasting income ; build a memorial at {place} / raise a monument in {place} ; apologise for the siege of {place} / express regret for what befell {place}
tribunal | Tribunal | hand suspects to a mixed tribunal / surrender the accused to a special court ; accept its verdicts as final / treat the judgments as binding ; share evidence with {other} / pass proof on to {other}
# economy | Economy | Money, trade and rebuilding.
reconstruction | Reconstruction | rebuild the bridges of {place} / restore crossings and viaducts at {place} ; set up a fund for rebuilding / found a treasury for repairs ; award contracts by open tender / give works to the best public bid
resources | Resources | share income from the mines of {place} / divide earnings from ore dug at {place} ; publish what it earns from oil / make petroleum revenue public ; grant no concessions at {place} without consent / sell no licences in {place} unless agreed
sanctions-relief | Trade restrictions | lift its embargo on grain / end the ban on trade in cereals ; release frozen accounts / unblock deposits held abroad ; return to full measures after a breach / bring restrictions back if the terms are broken
debt | Debt and currency | accept a fair share of the old debt / carry part of former liabilities ; keep one currency with {other} / use common money with {other} ; audit the central bank / examine the books of the bank of issue
land-reform | Land reform | give idle estates to farmers / hand unused manors to growers ; lend seed and tools at {place} / advance grain and ploughs to {place} ; end forced evictions / stop driving tenants out
energy | Energy | restart the power plant of {place} / bring the turbines at {place} back to work ; sell current to {other} at cost / supply {other} with electricity without profit ; keep the grid of {place} under neutral engineers / leave the network at {place} to impartial technicians
# keeping | Keeping the agreement | Guarantees, disputes and follow-up.
guarantees-of-peace | Guarantees | stand as guarantor of all that is agreed / vouch for every article ; come to the aid of {other} if attacked / assist {other} against aggression ; consult at once when the peace is in danger / meet without delay when a threat appears
commission | Joint commission | send delegates to a joint commission / name members of a common board ; meet at {place} in turn / hold sessions in {place} by rotation ; decide by consent only / take no step without agreement of all
dispute-settlement | Settlement of disputes | bring quarrels before an arbiter / submit disagreements to arbitration ; try talks before any complaint / negotiate first and accuse later ; accept the award as binding / abide by what the arbiter rules
timetable | Timetable | carry the steps out in the order of the annex / follow the annexed calendar ; report on progress to {other} / tell {other} how far it has come ; agree on a new date where a step fails / set another day if one is missed
signature | Entry into force | sign in the presence of the mediators / put its name to the text before witnesses ; ratify through its assembly / have its parliament approve ; publish the text in every language of {place} / print the agreement in all tongues spoken at {place}
further-talks | Further talks | meet {other} again at {place} / resume negotiation with {other} in {place} ; leave open questions to working groups / refer unsolved points to committees ; keep the talks confidential / say nothing outside about the talks
"""


@dataclass(frozen=True)
class Group:
    slug: str
    name: str
    definition: str


@dataclass(frozen=True)
class Topic:
    """`matters` are tuples of phrasings that say the same."""

    slug: str
    group: str
    name: str
    matters: tuple[tuple[str, ...], ...]


def _read() -> tuple[tuple[Group, ...], tuple[Topic, ...]]:
    groups: list[Group] = []
    topics: list[Topic] = []
    for line in _TOPICS.strip().splitlines():
        slug, name, rest = (part.strip() for part in line.removeprefix("#").split("|"))
        if line.startswith("#"):
            groups.append(Group(slug, name, rest))
        else:
            matters = tuple(tuple(one.strip() for one in matter.split(" / ")) for matter in rest.split(" ; "))
            topics.append(Topic(slug, groups[-1].slug, name, matters))
    return tuple(groups), tuple(topics)


GROUPS, TOPICS = _read()

# code: kind, name, unit, smallest and largest figure; a date has none.
MEASURES = {
    "troops": ("quantity", "strength of a force", "persons", 200, 90_000),
    "observers": ("quantity", "number of observers", "persons", 10, 900),
    "captives": ("quantity", "captives handed over", "persons", 5, 4_000),
    "heavy_guns": ("quantity", "heavy guns kept", "pieces", 10, 1_200),
    "vehicles": ("quantity", "armoured vehicles kept", "pieces", 10, 2_500),
    "income_share": ("quantity", "share of income", "percent", 5, 60),
    "seats": ("quantity", "share of seats", "percent", 10, 60),
    "fund": ("quantity", "size of a fund", "billion_usd", 1, 90),
    "zone_width": ("quantity", "width of a zone", "km", 1, 40),
    "zone_area": ("quantity", "area of a zone", "sq_km", 20, 4_000),
    "truce_length": ("duration", "length of a truce", "days", 2, 180),
    "withdrawal_span": ("duration", "time for withdrawal", "days", 7, 360),
    "transition": ("duration", "length of a transition", "months", 3, 48),
    "guarantee_length": ("duration", "length of a guarantee", "years", 1, 25),
    "notice": ("duration", "time of notice", "hours", 6, 96),
    "truce_start": ("date", "first day of a truce", "", 0, 0),
    "truce_end": ("date", "last day of a truce", "", 0, 0),
    "polling_day": ("date", "polling day", "", 0, 0),
}

FRAMES = {
    "must": ("{who} will {deed}", "{who} shall {deed}", "It is for {who} to {deed}", "{who} undertakes to {deed}"),
    "must_not": ("{who} will not {deed}", "{who} shall not {deed}", "In no case will {who} {deed}"),
    "may": ("{who} may {deed}", "{who} is free to {deed}"),
    "aims": ("{who} seeks to {deed}", "{who} wishes to {deed}"),
    "expects": ("It is expected that {who} will {deed}", "The text voices the hope that {who} will {deed}"),
    "": ("{who} will {deed}",),
}
OPENINGS = (
    "Once this text is signed", "As a first step", "Without delay", "In good faith", "Where both agree", "By common consent",
    "In return", "During the transition", "After the first review", "For the time of the truce", "With the help of {body}",
)  # fmt: skip
TAILS = (
    "as the annex on {word} lays down", "under the eyes of {body}", "with no exception for any unit", "and tell {body} of it",
    "in the manner set out for {place}", "unless {body} decides otherwise", "so that people can move safely",
    "and bear half of the cost", "together with {other}", "in steps that {body} verifies", "without prejudice to later talks",
    "in {place} and its surroundings", "as long as {other} does the same", "by the procedure of {word}",
    "and renew this pledge each year", "through a liaison office at {place}", "with full respect for local custom",
    "before any other step is taken", "on the advice of engineers from {body}", "and publish a monthly account",
    "in line with earlier understandings", "for the benefit of all inhabitants", "save where lives are at risk",
    "after {other} has been heard", "with equal rights for both communities", "and leave a written record with {body}",
)  # fmt: skip
CONDITIONS = (
    "once {other} has confirmed it in writing", "if {body} reports no breach", "after both sides have signed",
    "as soon as the road to {place} is safe", "provided that the truce holds",
)  # fmt: skip
OBJECTIONS = (
    "would sign this only with a fixed day", "calls the wording one-sided", "wants {place} left out",
    "asks for a guarantor first", "does not accept the figure",
)  # fmt: skip
NOTES = (
    "copies differ in this point",
    "the annex was not seen",
    "the translation is unsure",
    "reported by one side only",
)
