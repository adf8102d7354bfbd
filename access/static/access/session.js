// Nothing typed is lost to a session that has ended, or to a service that does not answer: before a form is sent, it is
// asked whether it would be taken. After signing in again in another tab, the form is sent with the token of the new
// session.
"use strict";

{
  const alive = document.currentScript.dataset.alive;
  const login = document.currentScript.dataset.login;
  const asked = new WeakSet();

  const tell = (form, ...parts) => {
    form.querySelector(".session-note")?.remove();
    const note = document.createElement("p");
    note.className = "errornote session-note";
    note.setAttribute("role", "alert");
    note.append(...parts);
    form.prepend(note);
    note.scrollIntoView({ block: "center" });
  };

  const link = () => {
    const found = document.createElement("a");
    found.href = login;
    found.target = "_blank";
    found.textContent = "Sign in again in another tab";
    return found;
  };

  const isAlive = async () => (await fetch(alive, { redirect: "manual", cache: "no-store" })).ok;

  const renew = (form) => {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    const field = form.querySelector("input[name=csrfmiddlewaretoken]");
    if (cookie && field) field.value = cookie.split("=")[1];
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented || asked.delete(form)) return;
    event.preventDefault();
    try {
      if (!(await isAlive())) {
        tell(form, "Your session has ended, and nothing was sent. ", link(), ", and send this again: what you typed is still here.");
        return;
      }
    } catch {
      tell(form, "The service does not answer, and nothing was sent. Try again in a moment: what you typed is still here.");
      return;
    }
    renew(form);
    asked.add(form);
    form.requestSubmit(event.submitter);
  });
}
