// Names the boxes in which records are chosen by their labels, which Select2 does not: a reader of the screen would be
// told what is chosen, and not of what.
"use strict";
{
    const $ = django.jQuery;

    function label(select) {
        const own = document.querySelector(`label[for="${select.id}"]`);
        return select.getAttribute("aria-label") || (own ? own.textContent.trim().replace(/:$/, "") : "");
    }

    function name(select) {
        const box = select.nextElementSibling && select.nextElementSibling.querySelector(".select2-selection");
        const shown = box && box.querySelector(".select2-selection__rendered");
        if (!box || !label(select)) {
            return;
        }
        const chosen = [...select.selectedOptions].map((option) => option.textContent.trim()).filter(Boolean).join(", ");
        box.removeAttribute("aria-labelledby");
        box.setAttribute("aria-label", chosen ? `${label(select)}: ${chosen}` : label(select));
        shown.removeAttribute("role");
        shown.removeAttribute("aria-readonly");
        const typed = box.querySelector(".select2-search__field");
        typed && typed.setAttribute("aria-label", label(select));
    }

    function name_all(within) {
        within.querySelectorAll("select.admin-autocomplete").forEach(name);
    }

    $(document).on("change", "select.admin-autocomplete", (event) => setTimeout(() => name(event.target), 0));
    // What is typed to search is in a box of its own.
    $(document).on("select2:open", (event) => {
        document.querySelectorAll(".select2-dropdown .select2-search__field").forEach((field) => {
            field.setAttribute("aria-label", `Search: ${label(event.target)}`);
        });
        document.querySelectorAll(".select2-results__options[role=listbox]").forEach((list) => {
            list.setAttribute("aria-label", label(event.target));
        });
    });
    document.addEventListener("formset:added", (event) => setTimeout(() => name_all(event.target), 0));
    $(() => setTimeout(() => name_all(document), 0));
}
