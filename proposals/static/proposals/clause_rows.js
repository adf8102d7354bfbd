// Arranges the rows of clauses on a proposal's page. Places are the fields `order`, nesting the fields `inside`, which
// hold the key of the enclosing clause: without this script they are typed.
"use strict";
{
    const group = document.querySelector(".clause-rows");
    const body = group && group.querySelector("tbody");
    const said = group && group.querySelector("[role=status]");

    const rows = () => [...body.querySelectorAll(":scope > tr.form-row:not(.empty-form)")];
    const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
    const value = (row, name) => field(row, name).value.trim();

    // Keys, and rows by what they stand inside, read once for as long as nothing moves.
    let known = null;
    function read() {
        if (!known) {
            known = {byKey: new Map(), byInside: new Map()};
            for (const row of rows()) {
                const inside = value(row, "inside");
                known.byKey.set(value(row, "key"), row);
                known.byInside.set(inside, [...(known.byInside.get(inside) || []), row]);
            }
        }
        return known;
    }

    function nest(row, key) {
        field(row, "inside").value = key;
        known = null;
    }

    function encloser(row) {
        const inside = value(row, "inside");
        return inside ? read().byKey.get(inside) : undefined;
    }

    function depth(row) {
        const passed = new Set([row]);
        let above = encloser(row);
        while (above && !passed.has(above)) {
            passed.add(above);
            above = encloser(above);
        }
        return passed.size - 1;
    }

    // The row with all that stands in it: the rows after it that stand deeper.
    function block(row) {
        const all = rows();
        const first = all.indexOf(row);
        const own = depth(row);
        let end = first + 1;
        while (end < all.length && depth(all[end]) > own) {
            end += 1;
        }
        return all.slice(first, end);
    }

    function siblings(row) {
        return read().byInside.get(value(row, "inside")) || [row];
    }

    function before(row) {
        const among = siblings(row);
        return among[among.indexOf(row) - 1];
    }

    function after(row) {
        const among = siblings(row);
        return among[among.indexOf(row) + 1];
    }

    function put(several, {ahead}) {
        const empty = body.querySelector(":scope > tr.empty-form");
        known = null;
        for (const row of several) {
            body.insertBefore(row, ahead || empty || body.querySelector(":scope > tr.add-row"));
        }
    }

    function follower(several) {
        const all = rows();
        return all[all.indexOf(several.at(-1)) + 1];
    }

    const steps = {
        up(row) {
            const moved = block(row);
            const above = encloser(row);
            if (before(row)) {
                put(moved, {ahead: before(row)});
            } else if (above) {
                nest(row, value(above, "inside"));
                put(moved, {ahead: above});
            }
        },
        down(row) {
            const moved = block(row);
            const above = encloser(row);
            const next = after(row);
            if (next) {
                put(moved, {ahead: follower(block(next))});
            } else if (above) {
                const behind = follower(block(above));
                nest(row, value(above, "inside"));
                put(moved, {ahead: behind});
            }
        },
        in(row) {
            const into = before(row);
            if (into && value(into, "key")) {
                nest(row, value(into, "key"));
            }
        },
        out(row) {
            const above = encloser(row);
            if (above) {
                const moved = block(row);
                const behind = follower(block(above));
                nest(row, value(above, "inside"));
                put(moved, {ahead: behind});
            }
        },
    };

    function possible(row, step) {
        if (step === "up") {
            return Boolean(before(row) || encloser(row));
        }
        if (step === "down") {
            return Boolean(after(row) || encloser(row));
        }
        return step === "in" ? Boolean(before(row) && value(before(row), "key")) : Boolean(encloser(row));
    }

    function show() {
        known = null;
        for (const row of rows()) {
            const deep = Math.min(depth(row), 5);
            row.className = row.className.replace(/\bdepth-\d+/, `depth-${deep}`);
            for (const button of row.querySelectorAll("[data-move]")) {
                button.disabled = !possible(row, button.dataset.move);
            }
        }
    }

    function number() {
        rows().forEach((row, place) => {
            field(row, "order").value = place + 1;
        });
        show();
    }

    function tell(row) {
        const above = encloser(row);
        const inside = above ? `, inside ${value(above, "key")}` : "";
        said.textContent = `${value(row, "key") || "The clause"} is at place ${value(row, "order")}${inside}.`;
    }

    function move(row, step) {
        if (!possible(row, step)) {
            return;
        }
        steps[step](row);
        number();
        tell(row);
        row.dispatchEvent(new Event("change", {bubbles: true}));
        row.scrollIntoView({block: "nearest"});
    }

    const ARROWS = {ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in"};

    function keys(event) {
        const row = event.target.closest("tr.form-row");
        const step = ARROWS[event.key];
        const onHandle = event.target.closest(".clause-handle, .clause-steps");
        const plain = !event.ctrlKey && !event.metaKey;
        if (row && step && plain && (onHandle ? !event.altKey && !event.shiftKey : event.altKey && event.shiftKey)) {
            const focused = document.activeElement;
            event.preventDefault();
            move(row, step);
            (focused.disabled ? row.querySelector(".clause-handle") : focused).focus();
        }
    }

    // --- Dragging: above a row, inside it, or below it, by where in it the pointer is.
    let dragged = [];

    function zone(row, event) {
        const box = row.getBoundingClientRect();
        const share = (event.clientY - box.top) / box.height;
        if (share > 0.3 && share < 0.7 && value(row, "key")) {
            return "inside";
        }
        return share < 0.5 ? "before" : "after";
    }

    function unmark() {
        for (const row of rows()) {
            row.classList.remove("drop-before", "drop-inside", "drop-after");
        }
    }

    function target(event) {
        const row = event.target.closest && event.target.closest("tr.form-row:not(.empty-form)");
        return dragged.length && row && body.contains(row) && !dragged.includes(row) ? row : null;
    }

    body && body.addEventListener("dragstart", (event) => {
        const handle = event.target.closest && event.target.closest(".clause-handle");
        if (handle) {
            dragged = block(handle.closest("tr"));
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setData("text/plain", value(dragged[0], "key"));
            dragged.forEach((row) => row.classList.add("dragged"));
        }
    });
    body && body.addEventListener("dragover", (event) => {
        const row = target(event);
        unmark();
        if (row) {
            event.preventDefault();
            row.classList.add(`drop-${zone(row, event)}`);
        }
    });
    body && body.addEventListener("drop", (event) => {
        const row = target(event);
        if (!row) {
            return;
        }
        event.preventDefault();
        const where = zone(row, event);
        const [first] = dragged;
        const ahead = where === "before" ? row : follower(block(row).filter((one) => !dragged.includes(one)));
        nest(first, value(row, where === "inside" ? "key" : "inside"));
        put(dragged, {ahead: dragged.includes(ahead) ? follower(dragged) : ahead});
        number();
        tell(first);
        first.dispatchEvent(new Event("change", {bubbles: true}));
    });
    body && body.addEventListener("dragend", () => {
        dragged.forEach((row) => row.classList.remove("dragged"));
        dragged = [];
        unmark();
    });

    // --- Keys that change, rows that come and go.
    function follow(event) {
        const name = event.target.name || "";
        const row = event.target.closest("tr.form-row");
        if (row && name.endsWith("-key")) {
            const old = row.dataset.key;
            row.dataset.key = value(row, "key");
            if (old) {
                rows().filter((one) => value(one, "inside") === old).forEach((one) => {
                    field(one, "inside").value = row.dataset.key;
                });
            }
            show();
        } else if (row && name.endsWith("-inside")) {
            show();
        }
    }

    function welcome(row) {
        row.dataset.key = value(row, "key");
        row.querySelectorAll(".clause-handle, .clause-steps").forEach((one) => {
            one.hidden = false;
        });
    }

    // The admin's script numbers the fields of rows by where they stand when one is taken away; the rows of stored
    // clauses have to stand in their old order then.
    function asTheyCame() {
        const number_of = (row) => Number(field(row, "key").name.match(/-(\d+)-key$/)[1]);
        put(rows().sort((left, right) => number_of(left) - number_of(right)), {});
    }

    function asTheyAre() {
        const place = (row) => Number(value(row, "order")) || Infinity;
        put(rows().sort((left, right) => place(left) - place(right)), {});
    }

    if (body) {
        rows().forEach(welcome);
        asTheyAre();
        show();
        body.addEventListener("click", (event) => {
            const button = event.target.closest("[data-move]");
            if (button) {
                const row = button.closest("tr");
                move(row, button.dataset.move);
                (button.disabled ? row.querySelector(".clause-handle") : button).focus();
            }
        });
        body.addEventListener("keydown", keys);
        body.addEventListener("change", follow);
        body.addEventListener("click", (event) => event.target.closest(".inline-deletelink") && asTheyCame(), true);
        document.addEventListener("formset:removed", () => {
            asTheyAre();
            show();
        });
        body.addEventListener("formset:added", (event) => {
            welcome(event.target);
            show();
        });
    }
}
