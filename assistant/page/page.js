// What the server cannot do: clicks into events, copying, saving, scrolling, modes, reconnecting.
(() => {
  const KEPT = "gazette-turns"; // this tab's conversation, gone when the tab closes
  const DRAFT = "gazette-draft";
  const LOST = "gazette-lost";
  const MODES = "gazette-modes";
  const HEALTH_SECONDS = 4;
  const NOTE_SECONDS = 8;
  const NARROW = "(max-width: 900px)";

  const byId = (id) => document.getElementById(id);
  const field = () => document.querySelector("#question textarea");

  // A click on an element with data-act: done here, or handed to the server as an event.
  const EVENTS = { open: "select", ask: "example_select", retry: "retry", edit: "edit", rate: "like" };
  function act(event, trigger) {
    const target = event.target.closest("[data-act]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const values = { ...target.dataset };
    event.preventDefault();
    if (values.act in EVENTS) {
      if (values.act === "open") show(values);
      trigger(EVENTS[values.act], values);
    } else if (values.act in LOCAL) LOCAL[values.act](values, target);
  }

  const LOCAL = {
    copy: (values, target) => copy(values.link ? absolute(values.link) : values.text, target),
    close: () => {
      document.body.classList.remove("source-open");
      history.replaceState(null, "", location.pathname);
      lastOpener?.focus();
    },
    toggle: (values) => setModes({ ...modes(), [values.mode]: !modes()[values.mode] }),
    focus: () => focusField(),
  };

  const absolute = (link) => location.origin + location.pathname + link;

  let lastOpener = null;
  function show(values) {
    if (!byId("source").contains(document.activeElement)) lastOpener = document.activeElement;
    const at = Number(values.end) > Number(values.start) ? `&at=${values.start}-${values.end}` : "";
    const link = `?clause=${encodeURIComponent(values.clause)}${at}`;
    history.replaceState(null, "", location.pathname + link);
  }

  // Scroll the pane to the quoted characters; on a phone, the page to the pane.
  function reveal(element) {
    const place = element.querySelector("mark") || element.querySelector("#current-clause");
    if (!place) return;
    document.body.classList.add("source-open");
    const body = element.querySelector(".document");
    requestAnimationFrame(() => {
      const down = place.getBoundingClientRect().top - body.getBoundingClientRect().top;
      body.scrollTop += down - body.clientHeight / 4;
      if (matchMedia(NARROW).matches) element.scrollIntoView({ block: "start" });
      element.querySelector("#current-clause").focus({ preventScroll: true });
    });
  }

  // Bring a new question to the top of the view once; from there on the reader scrolls.
  function follow(element) {
    const asked = element.querySelector(".exchange[aria-busy=true]");
    if (asked && !following) asked.scrollIntoView({ block: "start" });
    following = Boolean(asked);
  }
  let following = false;

  async function copy(text, target) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers keep the clipboard from pages served without https.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = target.textContent;
    target.textContent = byId("connection").dataset.copied;
    setTimeout(() => (target.textContent = label), 1500);
  }

  function save(file) {
    const { name, type, data } = JSON.parse(file);
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function remember(turns) {
    sessionStorage.setItem(KEPT, turns || "");
  }
  function recall() {
    const draft = sessionStorage.getItem(DRAFT);
    if (draft && field()) {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field(), draft);
      field().dispatchEvent(new Event("input", { bubbles: true }));
    }
    return sessionStorage.getItem(KEPT) || "";
  }

  function focusField() {
    field()?.focus();
  }

  const modes = () => JSON.parse(localStorage.getItem(MODES) || "{}");
  function setModes(wanted) {
    localStorage.setItem(MODES, JSON.stringify(wanted));
    applyModes();
  }
  function applyModes() {
    const { large = false, dark = matchMedia("(prefers-color-scheme: dark)").matches } = modes();
    document.body.classList.toggle("large", large);
    document.body.classList.toggle("dark", dark);
    for (const button of document.querySelectorAll("[data-act=toggle]"))
      button.setAttribute("aria-pressed", String(button.dataset.mode === "large" ? large : dark));
  }

  // A page that has lost its server is loaded anew once the server is back: Gradio does so too, but
  // only if something was sent meanwhile. Conversation and draft stay in this tab's storage.
  async function checkServer() {
    if (document.hidden) return;
    let there = false;
    try {
      there = (await fetch("health", { cache: "no-store" })).ok;
    } catch {
      there = false;
    }
    if (there && document.body.classList.contains("lost")) location.reload();
    if (there) return;
    sessionStorage.setItem(LOST, "1");
    document.body.classList.add("lost");
    const note = byId("connection");
    note.classList.add("lost");
    note.textContent = note.dataset.offline;
  }

  // Run whenever the head is drawn: when the page opens, and when the coverage is known.
  function drawHead(element) {
    applyModes();
    if (!sessionStorage.getItem(LOST)) return;
    const note = element.querySelector("#connection");
    note.textContent = note.dataset.online;
    setTimeout(() => {
      sessionStorage.removeItem(LOST);
      byId("connection").textContent = "";
    }, NOTE_SECONDS * 1000);
  }

  window.gazette = { act, reveal, follow, save, remember, recall, focus: focusField, drawHead };
  document.documentElement.lang = "zh-CN";
  document.addEventListener("DOMContentLoaded", applyModes);
  window.addEventListener("pagehide", () => sessionStorage.setItem(DRAFT, field()?.value || ""));
  setInterval(checkServer, HEALTH_SECONDS * 1000);
})();
