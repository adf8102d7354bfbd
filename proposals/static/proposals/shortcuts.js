// Shortcuts of the workshop: elements that say `data-shortcut="Alt+N"`, saving, adding rows, and a list of them all.
"use strict";
{
    const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable]";

    function named(event) {
        const key = event.code.replace(/^(Key|Digit)/, "");
        return [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : "", key]
            .filter(Boolean)
            .join("+");
    }

    function words(element) {
        return (element.dataset.does || element.value || element.textContent).trim();
    }

    function first(row) {
        const box = row.querySelector(".select2-selection, input:not([type=hidden]), select, textarea");
        box && box.focus();
    }

    function mark() {
        const save = document.querySelector('.submit-row:last-of-type input[name="_continue"], input[name="_continue"]');
        const save_and_leave = document.querySelector('input[name="_save"]');
        if (save) {
            save.dataset.shortcut = "Ctrl+S";
        } else if (save_and_leave) {
            save_and_leave.dataset.shortcut = "Ctrl+S";
        }
        // What is coded on a clause comes before what stands below its text.
        const groups = [...document.querySelectorAll(".js-inline-admin-formset")];
        const first_ones = groups.filter((group) => !group.closest(".clause-says"));
        [...first_ones, ...groups.filter((group) => !first_ones.includes(group))].slice(0, 9).forEach((group, place) => {
            const link = group.querySelector(".add-row a, a.addlink");
            if (link) {
                link.dataset.shortcut = `Alt+${place + 1}`;
                link.title = `Alt+${place + 1}`;
            }
        });
    }

    function list() {
        mark();
        const box = document.createElement("dialog");
        box.className = "shortcuts";
        box.setAttribute("aria-labelledby", "shortcuts-heading");
        const heading = document.createElement("h2");
        heading.id = "shortcuts-heading";
        heading.textContent = "Keyboard shortcuts";
        const told = document.createElement("dl");
        const known = [...document.querySelectorAll("[data-shortcut]")].map((one) => [one.dataset.shortcut, words(one)]);
        if (document.querySelector(".clause-rows")) {
            known.push(["Arrow keys on a handle", "Move the clause"], ["Alt+Shift+arrow keys", "Move the clause you are in"]);
        }
        known.push(["?", "Show this list"]);
        for (const [keys, does] of known) {
            const term = document.createElement("dt");
            const key = document.createElement("kbd");
            key.textContent = keys;
            term.append(key);
            const meaning = document.createElement("dd");
            meaning.textContent = does;
            told.append(term, meaning);
        }
        const close = document.createElement("button");
        close.type = "button";
        close.className = "button";
        close.textContent = "Close";
        close.addEventListener("click", () => box.close());
        box.addEventListener("close", () => box.remove());
        box.append(heading, told, close);
        document.body.append(box);
        box.showModal();
    }

    document.addEventListener("keydown", (event) => {
        if (document.querySelector("dialog[open]")) {
            return;
        }
        if (event.key === "?" && !event.ctrlKey && !event.altKey && !event.target.closest(TYPING)) {
            event.preventDefault();
            list();
            return;
        }
        if (!(event.ctrlKey || event.metaKey || event.altKey)) {
            return;
        }
        mark();
        const asked = [...document.querySelectorAll("[data-shortcut]")].find((one) => one.dataset.shortcut === named(event));
        if (asked) {
            event.preventDefault();
            asked.click();
        }
    });
    document.addEventListener("formset:added", (event) => {
        // After the admin has made its own widgets of the fields.
        setTimeout(() => first(event.target), 0);
    });
    document.addEventListener("click", (event) => {
        if (event.target.closest && event.target.closest("[data-shows-shortcuts]")) {
            list();
        }
    });
    window.addEventListener("load", mark);
}
