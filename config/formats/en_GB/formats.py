"""How dates are typed in forms: as in the data and the API, so that 01/05 is nobody's guess."""

DATE_INPUT_FORMATS = ["%Y-%m-%d"]
