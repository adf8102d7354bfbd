"""How much one client may ask for is off where all of a load comes from one machine."""

import re
from pathlib import Path

_EXPLAINED = Path(__file__).resolve().parent.parent / ".env.example"
# By what explains every setting, so that a rate which is new is off as well.
OFF = dict.fromkeys(re.findall(r"\bRATE_[A-Z]+", _EXPLAINED.read_text()), "off")
