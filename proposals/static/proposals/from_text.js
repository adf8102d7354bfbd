/* "New proposal from text": does in place what the page's buttons do by a new page, and keeps what was typed.

   Every command goes to the server with the whole form and comes back as the list of clauses; clauses that the page
   shows as they are come back empty, and stay. So the rules of cutting and suggesting stand on the server alone. */
"use strict";
{
  document.documentElement.classList.add("scripted");
  const form = document.getElementById("from-text");
  const KEPT = "concordance-text";
  let changed = false;
  let leaving = false;

  const warnBeforeLeaving = () => {
    form.addEventListener("input", () => { changed = true; });
    window.addEventListener("beforeunload", (event) => {
      if (changed && !leaving) event.preventDefault();
    });
  };

  /* Whether somebody is still signed in; the form is given the token of the present session. */
  const signedIn = async () => {
    const answer = await fetch(`${location.pathname}?part=session`, { redirect: "manual" });
    if (!answer.ok) return false;
    form.elements.csrfmiddlewaretoken.value = await answer.text();
    return true;
  };

  /* A login in another tab gives out another one. */
  const presentToken = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1];

  /* --- The first page ------------------------------------------------------------------------------------------- */
  const onText = () => {
    const text = form.elements.text;
    const fault = document.getElementById("fault");
    const refuse = (sentence) => {
      fault.textContent = sentence;
      fault.hidden = false;
      fault.scrollIntoView({ block: "nearest" });
    };
    const way = performance.getEntriesByType("navigation")[0];
    if (!text.value && way && way.type === "back_forward") text.value = sessionStorage.getItem(KEPT) || "";
    changed = Boolean(text.value);
    warnBeforeLeaving();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const [file] = form.elements.file.files;
      if (file && file.size > Number(form.dataset.mostBytes)) return refuse("The file has more than 5 MB.");
      if (new Blob([text.value]).size > Number(form.dataset.mostText)) {
        return refuse("The text has more than 1 MB. Cut it into parts.");
      }
      if (!(await signedIn().catch(() => false))) {
        return refuse("Your session has ended, or the server does not answer. Sign in again in another tab, then press the button once more: your text stays here.");
      }
      try {
        sessionStorage.setItem(KEPT, text.value);
      } catch {
        /* No room: then going back asks for the text again. */
      }
      leaving = true;
      const button = document.createElement("input");
      Object.assign(button, { type: "hidden", name: "do", value: "cut" });
      form.append(button);
      form.submit();
      return undefined;
    });
  };

  /* --- The second page ------------------------------------------------------------------------------------------ */
  const onClauses = () => {
    const clauses = document.getElementById("clauses");
    const list = () => clauses.querySelector("ol.clauses");
    const rowOf = (node) => node.closest("li.clause");
    const textOf = (row) => row.querySelector("textarea");
    let busy = false;
    let again = false;
    let timer = 0;

    const say = (sentence) => { clauses.querySelector(".said").textContent = sentence; };

    const showTicks = (row) => {
      row.querySelectorAll("mark").forEach((mark) => mark.classList.remove("ticked"));
      row.querySelectorAll(".suggestion:has(input:checked)").forEach((one) => marksOf(one).forEach((mark) => mark.classList.add("ticked")));
    };
    const marksOf = (suggestion) => [...rowOf(suggestion).querySelectorAll("mark")].filter(
      (mark) => mark.dataset.of.split(" ").includes(suggestion.dataset.number));

    const setPlace = (row, told) => {
      const { depth, out } = told.dataset;
      row.classList.remove(...[...row.classList].filter((name) => name.startsWith("depth-")));
      row.classList.add(`depth-${depth}`);
      row.classList.toggle("out", out === "1");
      row.dataset.depth = depth;
      row.dataset.out = out;
      form.elements[`${row.id}-depth`].value = depth;
      form.elements[`${row.id}-out`].value = out;
    };

    const isTyped = (row, sent) => textOf(row).value !== sent.get(`${row.id}-text`)
      || row.querySelector(".label").value !== sent.get(`${row.id}-label`);

    /* The order and the borders as the server says; what was typed meanwhile stays. */
    const takeOver = (answer, sent) => {
      const rows = new Map([...list().children].map((row) => [row.id, row]));
      for (const told of [...answer.querySelectorAll("li.clause")]) {
        const row = rows.get(told.id);
        const typed = row && !told.hasAttribute("data-stays") && isTyped(row, sent);
        again = again || typed;
        if (row && (typed || told.hasAttribute("data-stays"))) {
          setPlace(row, told);
          told.replaceWith(row);
        } else {
          showTicks(told);
        }
      }
      clauses.replaceChildren(...answer.children);
    };

    /* Suggestions for words that have changed; the fields, the cursor and fresh ticks stay where they are. */
    const takeSuggestions = (answer, sent) => {
      for (const told of answer.querySelectorAll("li.clause:not([data-stays])")) {
        const row = document.getElementById(told.id);
        if (!row) continue;
        if (isTyped(row, sent)) {
          again = true;
          continue;
        }
        const ticked = new Set([...row.querySelectorAll(".suggested input:checked")].map((box) => box.value));
        const focused = row.querySelector(".suggested").contains(document.activeElement) ? document.activeElement.value : null;
        row.querySelector(".suggested").replaceWith(told.querySelector(".suggested"));
        row.querySelector(".shown").replaceWith(told.querySelector(".shown"));
        form.elements[`${row.id}-seen`].value = told.querySelector(`[name="${row.id}-seen"]`).value;
        row.querySelectorAll(".suggested [type=checkbox]").forEach((box) => {
          box.checked = ticked.has(box.value);
          if (box.value === focused) box.focus();
        });
        showTicks(row);
      }
    };

    const send = async (command, { cut = "", focus = null } = {}) => {
      if (busy) {
        again = again || command === "refresh";
        return;
      }
      busy = true;
      clauses.setAttribute("aria-busy", "true");
      clearTimeout(timer);
      const body = new FormData(form);
      body.set("do", command);
      body.set("cut", cut);
      body.set("csrfmiddlewaretoken", presentToken() || body.get("csrfmiddlewaretoken"));
      try {
        const reply = await fetch(location.pathname, { method: "POST", body, headers: { "X-Part": "clauses" }, redirect: "manual" });
        if (reply.ok) {
          const answer = document.createElement("div");
          answer.append(document.createRange().createContextualFragment(await reply.text()));
          if (command === "refresh") {
            takeSuggestions(answer, body);
          } else {
            takeOver(answer, body);
            goOn(command, focus);
          }
        } else if (await signedIn()) {
          say("The server could not do that. Press the button once more.");
        } else {
          say("Your session has ended. Sign in again in another tab, then go on here: nothing is lost.");
        }
      } catch {
        say("The server does not answer. Nothing is lost: press the button once more.");
      }
      busy = false;
      clauses.setAttribute("aria-busy", "false");
      if (again) {
        again = false;
        send("refresh");
      }
    };

    /* The same button of the clause that moved; after a split, the second clause's text. */
    const goOn = (command, focus) => {
      const at = clauses.querySelector(".clauses-bar").dataset.at;
      const row = at && document.getElementById(at);
      if (!row) {
        clauses.querySelector(".undo").focus();
        return;
      }
      const name = command.split(" ")[0];
      const text = textOf(row);
      const button = [...row.querySelectorAll(".tools button")].find((one) => one.value.startsWith(`${name} `));
      if (name === "split" || (focus && focus.isText)) {
        text.focus();
        const place = focus && focus.isText && name !== "split" ? focus.at : 0;
        text.setSelectionRange(place, place);
      } else if (button && button.offsetParent) {
        button.focus();
      } else {
        row.querySelector(".tools .bring, .tools .leave").focus();
      }
      row.scrollIntoView({ block: "nearest" });
    };

    /* Where the cursor is, in characters and not in UTF-16 units. Before and after the text there is nothing to cut off. */
    const cutOf = (row) => {
      const text = textOf(row);
      const before = text.value.slice(0, text.selectionStart);
      return before.trim() && text.value.slice(text.selectionStart).trim() ? String([...before].length - leading(text.value)) : "";
    };
    const leading = (text) => [...text].length - [...text.trimStart()].length;

    const command = (value, row, focus) => send(value, { cut: value.startsWith("split ") ? cutOf(row) : "", focus });

    /* The admin's autocomplete says what is chosen, and not what for. */
    django.jQuery(() => form.querySelectorAll(".select2-selection").forEach((field) => {
      const label = form.querySelector(`label[for="${field.closest(".fact").querySelector("select").id}"]`);
      const shown = field.querySelector(".select2-selection__rendered");
      label.id = `${label.htmlFor}_label`;
      [field, shown].forEach((one) => one.setAttribute("aria-labelledby", `${label.id} ${shown.id}`));
    }));
    changed = true;
    warnBeforeLeaving();
    clauses.querySelectorAll("li.clause").forEach(showTicks);

    form.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (!button || button.name !== "do") return;
      event.preventDefault();
      if (button.value !== "save") {
        const row = rowOf(button);
        command(button.value, row, null);
        return;
      }
      if (!(await signedIn().catch(() => false))) {
        say("Your session has ended, or the server does not answer. Sign in again in another tab, then press Save once more: nothing is lost.");
        clauses.scrollIntoView();
        return;
      }
      leaving = true;
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name: "do", value: "save" });
      form.append(hidden);
      form.submit();
    });

    clauses.addEventListener("input", (event) => {
      const row = rowOf(event.target);
      if (!row) return;
      if (event.target.matches("textarea")) row.querySelector(".shown").textContent = `${event.target.value}\n`;
      if (event.target.matches("textarea, .label")) {
        clearTimeout(timer);
        timer = setTimeout(() => send("refresh"), 900);
      }
      if (event.target.matches("[type=checkbox]")) showTicks(row);
    });

    const light = (event, on) => {
      const suggestion = event.target.closest && event.target.closest(".suggestion");
      if (suggestion) marksOf(suggestion).forEach((mark) => mark.classList.toggle("lit", on));
    };
    clauses.addEventListener("pointerover", (event) => light(event, true));
    clauses.addEventListener("pointerout", (event) => light(event, false));
    clauses.addEventListener("focusin", (event) => light(event, true));
    clauses.addEventListener("focusout", (event) => light(event, false));

    const KEYS = new Map([
      ["Alt ArrowUp", "up"],
      ["Alt ArrowDown", "down"],
      ["Alt Shift ArrowLeft", "outdent"],
      ["Alt Shift ArrowRight", "indent"],
      ["Control Enter", "split"],
    ]);
    clauses.addEventListener("keydown", (event) => {
      const pressed = [event.ctrlKey && "Control", event.altKey && "Alt", event.shiftKey && "Shift", event.key].filter(Boolean).join(" ");
      const name = KEYS.get(pressed);
      const row = rowOf(event.target);
      if (!name || !row || row.classList.contains("out")) return;
      event.preventDefault();
      const isText = event.target === textOf(row);
      command(`${name} ${row.id}`, row, { isText, at: isText ? event.target.selectionStart : 0 });
    });

    /* --- Drag ------------------------------------------------------------------------------------------------- */
    let dragged = null;
    const unmark = () => clauses.querySelectorAll(".before, .after").forEach((row) => row.classList.remove("before", "after"));
    const isUpperHalf = (row, event) => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    };
    clauses.addEventListener("dragstart", (event) => {
      if (!event.target.matches || !event.target.matches(".handle")) return;
      dragged = rowOf(event.target);
      dragged.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(dragged, 0, 0);
    });
    clauses.addEventListener("dragover", (event) => {
      const row = dragged && rowOf(event.target);
      if (!row) return;
      event.preventDefault();
      unmark();
      row.classList.add(isUpperHalf(row, event) ? "before" : "after");
    });
    clauses.addEventListener("drop", (event) => {
      const row = dragged && rowOf(event.target);
      if (!row) return;
      event.preventDefault();
      const target = isUpperHalf(row, event) ? row : row.nextElementSibling;
      if (row !== dragged) command(`place ${dragged.id}${target ? ` ${target.id}` : ""}`, dragged, null);
    });
    clauses.addEventListener("dragend", () => {
      unmark();
      if (dragged) dragged.classList.remove("dragged");
      dragged = null;
    });
  };

  if (form) (form.dataset.step === "text" ? onText : onClauses)();
}
