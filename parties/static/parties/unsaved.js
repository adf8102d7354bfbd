// Warns before a page is left on which something was typed and not saved. For each form that is marked, or in which
// something is marked, with data-warn-unsaved; the value "now" says that the page came back with work not saved.
"use strict";

{
  const loaded = new Map();
  let sent = false;

  const typed = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));

  const unsaved = () => !sent && [...loaded].some(([form, before]) => before !== typed(form));

  // After the scripts that number rows and dress up fields have done so.
  addEventListener("DOMContentLoaded", () => setTimeout(() => {
    for (const mark of document.querySelectorAll("[data-warn-unsaved]")) {
      const form = mark.closest("form");
      loaded.set(form, mark.dataset.warnUnsaved === "now" ? null : typed(form));
      form.addEventListener("submit", (event) => { sent = !event.defaultPrevented; });
    }
  }));

  // A page that the browser kept and shows again was not sent anew.
  addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });

  addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
}
