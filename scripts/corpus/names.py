"""Names of places, people and bodies that nobody bears: put together of syllables, none given twice."""

from scripts.corpus.dice import Dice

_FIRST = (
    "Tor Bel Kar Osh Vel Mir Dun Har Sel Quor Ist Gal Pem Ruv Zan Lom Fer Nav Ull Cor Ebr Wes Yth Drav Snor Kep".split()
)
_MIDDLE = "ven ma li ro sta du ner ga the vi lo mer sha be ko ran di fu pe zo".split()
_LAST = "na sk dor rin mar eth vale ost ica und win bra lek tan ys gard ome ish per ul".split()


class Names:
    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._given: set[str] = set()

    def new(self) -> str:
        while True:
            middle = self._dice.one(_MIDDLE) if self._dice.chance(0.9) else ""
            name = self._dice.one(_FIRST) + middle + self._dice.one(_LAST)
            if name not in self._given:
                self._given.add(name)
                return name
            # All short ones may be taken.
            longer = name + self._dice.one(_MIDDLE) + self._dice.one(_LAST)
            if longer not in self._given:
                self._given.add(longer)
                return longer


def slug_of(name: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in name.lower()).split())
