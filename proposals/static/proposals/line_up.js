// Lining two proposals up by mouse or by keyboard. Without this script every form on the page works by itself.
"use strict";
{
  const root = document.getElementById("line-up");
  const queue = document.getElementById("queue");
  const told = document.getElementById("told");
  const keys = document.getElementById("keys");
  const byHand = document.getElementById("by-hand");
  const ACTS = { y: "confirm", n: "reject", e: "equivalent", o: "overlap", c: "conflict", r: "open", u: "take_back" };
  const KEYS_ON = "line-up-keys";

  const pairs = () => [...queue.querySelectorAll(".pair")];
  const current = () => queue.querySelector(".pair.is-current");
  const isOpen = (pair) => pair.dataset.standing !== "decided";

  function say(words) {
    told.textContent = "";
    // The same words twice in a row are announced only if the region was empty in between.
    requestAnimationFrame(() => { told.textContent = words; });
  }

  function goTo(pair, { focus = true } = {}) {
    if (!pair) return;
    const before = current();
    if (before) before.classList.remove("is-current");
    pair.classList.add("is-current");
    if (focus) {
      pair.focus({ preventScroll: true });
      pair.scrollIntoView({ block: "start" });
      history.replaceState(null, "", `#${pair.id}`);
    }
  }

  function step(by) {
    const all = pairs();
    const next = all[all.indexOf(current()) + by];
    if (next) goTo(next);
    else say(by > 0 ? "This is the last pair." : "This is the first pair.");
  }

  function nextOpen() {
    const all = pairs();
    const place = all.indexOf(current());
    const next = [...all.slice(place + 1), ...all.slice(0, place + 1)].find(isOpen);
    if (next) goTo(next);
    return Boolean(next);
  }

  function nextGap() {
    const gaps = [...root.querySelectorAll(".gap")].filter((gap) => gap.querySelector("form"));
    const place = gaps.findIndex((gap) => gap.contains(document.activeElement));
    const next = gaps[(place + 1) % gaps.length];
    if (!next) return say("There is no gap without a recorded silence.");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    say(next.querySelector("p").textContent);
  }

  // --- Link by hand, in a window of its own ---
  const window_ = document.createElement("dialog");
  if (byHand) {
    window_.setAttribute("aria-labelledby", "by-hand-name");
    window_.id = "by-hand-window";
    root.append(window_);
    window_.append(byHand);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button take-back";
    close.textContent = "Close";
    close.addEventListener("click", () => window_.close());
    byHand.querySelector("form").append(" ", close);
  }

  function linkByHand(side, key) {
    if (!byHand) return;
    const inputs = { left: byHand.querySelector("#by-hand-left"), right: byHand.querySelector("#by-hand-right") };
    byHand.querySelector("form").reset();
    byHand.querySelector(".fault").textContent = "";
    if (side) inputs[side].value = key;
    window_.showModal();
    (side === "left" ? inputs.right : inputs.left).focus();
  }

  // --- Sending ---
  async function send(form, button) {
    const data = new FormData(form, button);
    const buttons = [...form.querySelectorAll("button")];
    buttons.forEach((one) => { one.disabled = true; });
    try {
      const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "error" });
      take(form, await response.json());
    } catch {
      say("Nothing was saved: the server did not answer as it should. Are you still signed in? Reload the page.");
      alert_(form, "Nothing was saved: the server did not answer as it should. Reload the page.");
    } finally {
      buttons.forEach((one) => { one.disabled = false; });
    }
  }

  function alert_(form, words) {
    let fault = form.querySelector(".fault");
    if (!fault) {
      fault = document.createElement("p");
      fault.className = "fault";
      form.append(fault);
    }
    fault.textContent = words;
  }

  function element(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  }

  function take(form, answer) {
    const at = current() && current().id;
    const isByHand = form.closest("#by-hand");
    for (const [id, html] of Object.entries(answer.parts)) {
      const old = document.getElementById(id);
      const fresh = element(html);
      if (old) old.replaceWith(fresh);
      else if (answer.fresh.includes(id) || id === answer.anchor) queue.append(fresh);
    }
    answer.gone.forEach((id) => document.getElementById(id)?.remove());
    const here = document.getElementById(at);
    if (here) here.classList.add("is-current");
    say(answer.said);
    if (!answer.is_done) {
      const place = document.getElementById(answer.anchor);
      if (isByHand && !(place && place.querySelector(".clash"))) return alert_(form, answer.said);
      if (isByHand) window_.close();
      if (place && place.matches(".pair")) goTo(place);
      const again = place && place.querySelector("form");
      if (again && !place.querySelector(".clash")) alert_(again, answer.said);
      return;
    }
    const place = document.getElementById(answer.anchor);
    if (isByHand) {
      window_.close();
      goTo(place);
    } else if (place && place.matches(".gap")) {
      place.focus({ preventScroll: true });
    } else if (answer.moves_on && nextOpen()) {
      // On to the next pair: the region has said what became of this one.
    } else if (place) {
      goTo(place);
    } else {
      goTo(pairs()[0]);
    }
  }

  root.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  root.addEventListener("click", (event) => {
    const byHandLink = event.target.closest(".by-hand-link");
    if (byHandLink) {
      event.preventDefault();
      linkByHand(byHandLink.dataset.side, byHandLink.dataset.key);
      return;
    }
    const keep = event.target.closest(".clash .keep");
    if (keep) {
      event.preventDefault();
      keep.closest(".clash").remove();
      current().focus();
      return;
    }
    const link = event.target.closest("a[href^='#pair__']");
    if (!link) return;
    event.preventDefault();
    const pair = document.querySelector(link.getAttribute("href"));
    if (pair) goTo(pair, { focus: true });
    else say("That pair is not among those shown; show all of them.");
  });

  // --- Keys ---
  const keysOn = document.getElementById("keys-on");
  keysOn.checked = localStorage.getItem(KEYS_ON) !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem(KEYS_ON, keysOn.checked ? "on" : "off"));

  function press(act) {
    const pair = current();
    const form = pair && pair.querySelector("form.acts");
    const isAgain = pair && pair.dataset.standing === "stale" && act === (pair.matches(".is-refused") ? "reject" : "confirm");
    const button = form && form.querySelector(`button[value="${isAgain ? "again" : act}"]`);
    if (!button) return say("There is nothing to do so on this pair.");
    if (act === "take_back" && pair.dataset.others) {
      button.focus();
      return say(`This is the decision of ${pair.dataset.others}. Press the button to take it back.`);
    }
    form.requestSubmit(button);
  }

  function own(clause) {
    const pair = current();
    return pair && pair.querySelector(`input[name=${clause}]`)?.value;
  }

  const DO = {
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    x: () => nextOpen() || say("No pair is open."),
    g: nextGap,
    s: () => {
      const gap = document.activeElement.closest(".gap");
      const button = gap && gap.querySelector("form button");
      if (button) gap.querySelector("form").requestSubmit(button);
      else say("Go to a gap first, with g.");
    },
    l: () => {
      const entry = document.activeElement.closest(".entry")?.querySelector(".by-hand-link");
      if (entry) linkByHand(entry.dataset.side, entry.dataset.key);
      else linkByHand(own("left") && "left", own("left"));
    },
    m: () => current()?.querySelector("textarea[name=note]")?.focus(),
    "?": () => keys.showModal(),
  };
  for (const [key, act] of Object.entries(ACTS)) DO[key] = () => press(act);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing) {
      if (typing.matches("textarea[name=note]") && typing.closest(".acts")) {
        if (event.key === "Escape") typing.closest(".pair").focus();
        const save = typing.closest("form").querySelector("button[value=note]");
        if (event.key === "Enter" && event.ctrlKey && save) typing.form.requestSubmit(save);
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || root.querySelector("dialog[open]")) return;
    if (!keysOn.checked && event.key !== "?") return;
    // Arrows move the page where nothing of the queue has the focus.
    if (event.key.startsWith("Arrow") && !event.target.closest("#queue")) return;
    if (!Object.hasOwn(DO, event.key)) return;
    event.preventDefault();
    DO[event.key]();
  });

  document.getElementById("show-keys").addEventListener("click", () => keys.showModal());
  document.getElementById("next-open").addEventListener("click", () => nextOpen() || say("No pair is open."));
  for (const id of ["show-keys", "next-open"]) document.getElementById(id).hidden = false;
  root.classList.add("scripted");
  const named = location.hash.startsWith("#pair__") && document.getElementById(location.hash.slice(1));
  goTo(named || pairs().find(isOpen) || pairs()[0], { focus: Boolean(named) });
}
