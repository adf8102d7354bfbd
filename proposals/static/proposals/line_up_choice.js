// The admin's autocomplete says what is chosen, and not what for.
"use strict";
django.jQuery(() => {
  const label = document.querySelector("label[for=id_other]");
  label.id = "label-of-other";
  for (const field of document.querySelectorAll(".other .select2-selection, .other .select2-selection__rendered")) {
    field.setAttribute("aria-labelledby", label.id);
  }
});
