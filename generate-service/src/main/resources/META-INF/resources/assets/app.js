import * as answers from "./answers.js";
import { collections } from "./api.js";
import * as documents from "./documents.js";
import { byId, element } from "./dom.js";
import * as passage from "./passage.js";

const NAME = /^[a-z0-9_-]{1,64}$/;
const fromAddress = () => decodeURIComponent(location.hash.slice(1));

let collection = NAME.test(fromAddress()) ? fromAddress() : "default";

// Collections

async function listCollections() {
  let names = [];
  try {
    names = await collections();
  } catch {
    // The documents panel says what is wrong.
  }
  const all = [...new Set(["default", ...names, collection])].sort();
  byId("collection").replaceChildren(...all.map(name => element("option", { value: name, selected: name === collection }, name)));
}

function use(name) {
  collection = name;
  history.replaceState(null, "", name === "default" ? location.pathname : `#${name}`);
  byId("drop-veil-name").textContent = name;
  answers.forget();
  passage.close();
  listCollections();
  documents.open(name);
  update();
}

byId("collection").addEventListener("change", event => use(event.target.value));
byId("new-collection").addEventListener("click", () => {
  byId("collection-name").value = "";
  byId("collection-dialog").showModal();
});
byId("collection-cancel").addEventListener("click", () => byId("collection-dialog").close());
byId("collection-form").addEventListener("submit", () => use(byId("collection-name").value));
addEventListener("hashchange", () => {
  if (NAME.test(fromAddress()) && fromAddress() !== collection) use(fromAddress());
});

// Questions

const question = byId("question");

async function submit() {
  const text = question.value.trim();
  if (!text || answers.isRunning()) return;
  question.value = "";
  grow();
  passage.close();
  showDocuments(false);
  const answering = answers.answer(collection, text);
  update();
  await answering;
  update();
  if (document.activeElement === document.body || document.activeElement === byId("stop")) question.focus();
}

function grow() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight + 2}px`;
}

function update() {
  const asked = byId("thread").childElementCount > 0;
  byId("send").hidden = answers.isRunning();
  byId("stop").hidden = !answers.isRunning();
  byId("welcome").hidden = asked;
  byId("forget").hidden = !asked;
}

byId("ask").addEventListener("submit", event => {
  event.preventDefault();
  submit();
});
question.addEventListener("input", grow);
question.addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
byId("stop").addEventListener("click", answers.stop);
byId("forget").addEventListener("click", () => {
  answers.forget();
  passage.close();
  update();
  question.focus();
});

// Documents

documents.onCounted((all, ready) => {
  byId("first-steps").hidden = all > 0;
  byId("welcome-text").textContent = all > 0 && ready === 0
    ? "The documents are on their way. A question can be asked as soon as the first one is ready."
    : "Every sentence of the answer shows where it comes from.";
});

const browse = () => byId("files").click();
byId("drop").addEventListener("click", browse);
byId("welcome-browse").addEventListener("click", browse);
byId("files").addEventListener("change", event => {
  documents.add(event.target.files);
  event.target.value = "";
});

const hasFiles = event => [...(event.dataTransfer?.types ?? [])].includes("Files");
const veil = shown => { byId("drop-veil").hidden = !shown; };
addEventListener("dragover", event => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  veil(true);
});
addEventListener("dragleave", event => {
  if (event.relatedTarget === null) veil(false);
});
addEventListener("drop", event => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  veil(false);
  showDocuments(true);
  documents.add(event.dataTransfer.files);
});

// On a narrow window the documents are a page of their own.

function showDocuments(open) {
  const button = byId("toggle-documents");
  document.documentElement.style.setProperty("--top-height", `${document.querySelector(".top").offsetHeight}px`);
  byId("documents").classList.toggle("open", open);
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? "Back" : "Documents";
}
byId("toggle-documents").addEventListener("click", () => showDocuments(!byId("documents").classList.contains("open")));

// Keys for the whole page

addEventListener("keydown", event => {
  if (event.defaultPrevented) return;
  if (event.key === "Escape" && !byId("collection-dialog").open) {
    if (passage.close()) return;
    if (answers.isRunning()) answers.stop();
    else showDocuments(false);
  }
  const typing = event.target.matches?.("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    showDocuments(false);
    question.focus();
  }
});

use(collection);
question.focus();
