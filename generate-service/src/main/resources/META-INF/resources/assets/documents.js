import { contentAddress, documents, remove, upload } from "./api.js";
import { announce, byId, element, strings } from "./dom.js";

const LEVELS = { UPLOADING: 0, RECEIVED: 1, PARSED: 2, CHUNKED: 3, EMBEDDED: 4, INDEXED: 4, READY: 5, FAILED: "failed", CANCELLED: "failed" };
const WORDS = {
  UPLOADING: "uploading", RECEIVED: "received", PARSED: "parsed", CHUNKED: "cut into passages", EMBEDDED: "embedded", INDEXED: "indexed", READY: "ready", FAILED: "failed",
  CANCELLED: "cancelled",
};
const BUSY = new Set(["RECEIVED", "PARSED", "CHUNKED", "EMBEDDED", "INDEXED"]);
const POLL_BUSY_MS = 700;
const POLL_IDLE_MS = 15_000;
const PAGE = 100;
const PARALLEL_UPLOADS = 3;
const SURE_MS = 4_000;

let collection = "default";
let limit = PAGE;
let shown = new Map();
let uploading = new Map();
let timer = 0;
let listener = () => {};

/** Calls `whenCounted(number of documents, number that are ready)` after each look at the collection. */
export function onCounted(whenCounted) {
  listener = whenCounted;
}

/** Shows the documents of a collection. */
export function open(name) {
  collection = name;
  limit = PAGE;
  shown = new Map();
  uploading = new Map();
  byId("document-list").replaceChildren();
  say("");
  return refresh();
}

/** Stores files, a few at a time, and watches them until they are ready. */
export async function add(files) {
  const target = collection;
  const waiting = [...files];
  if (waiting.length === 0) return;
  say("");
  announce(`Adding ${waiting.length} files.`);
  waiting.forEach(file => uploading.set(file.name, { id: file.name, filename: file.name, state: "UPLOADING" }));
  draw();
  const refused = [];
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      try {
        await upload(target, file);
      } catch (problem) {
        refused.push(`${file.name}: ${problem.message}`);
      }
      uploading.delete(file.name);
      if (target === collection) refresh();
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_UPLOADS }, worker));
  if (refused.length > 0) say(refused.join("\n"), true);
}

async function refresh() {
  clearTimeout(timer);
  const asked = collection;
  let busy = uploading.size > 0;
  try {
    const page = await documents(asked, limit);
    if (asked !== collection) return;
    shown = new Map(page.documents.filter(document => document.state !== "DELETED").map(document => [document.id, document]));
    busy ||= page.documents.some(document => BUSY.has(document.state));
    byId("more-documents").hidden = !page.nextCursor;
    count(page.counts ?? {});
    draw();
  } catch (problem) {
    say(problem.message, true);
    byId("counts").textContent = "";
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, busy ? POLL_BUSY_MS : POLL_IDLE_MS);
}

function count(counts) {
  const number = state => counts[state] ?? 0;
  const busy = [...BUSY].reduce((sum, state) => sum + number(state), 0);
  byId("counts").textContent = [
    number("READY") ? `${number("READY")} ready` : "",
    busy ? `${busy} on the way` : "",
    number("FAILED") ? `${number("FAILED")} failed` : "",
  ].filter(Boolean).join(", ");
  listener(number("READY") + busy + number("FAILED") + uploading.size, number("READY"));
}

/** Keeps the elements of documents that stay, so that the focus stays too. */
function draw() {
  const list = byId("document-list");
  const wanted = [...[...uploading.values()].filter(file => !shown.has(file.id)), ...shown.values()];
  const present = new Map([...list.children].map(item => [item.dataset.id, item]));
  wanted.forEach((document, index) => {
    const signature = JSON.stringify([document.state, document.version, document.chunksIndexed, document.chunkCount, document.title]);
    let item = present.get(document.id);
    if (item?.dataset.signature !== signature) {
      const fresh = row(document);
      fresh.dataset.signature = signature;
      item?.replaceWith(fresh);
      item = fresh;
    }
    present.delete(document.id);
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
  present.forEach(item => item.remove());
}

function row(document) {
  const name = document.filename || document.title || document.id;
  const stored = document.state !== "UPLOADING";
  const item = element("li", { class: "document", "data-id": document.id, "data-busy": BUSY.has(document.state) || !stored },
    strings(LEVELS[document.state] ?? 0),
    stored
      ? element("a", { class: "name", href: contentAddress(collection, document.id), target: "_blank", rel: "noopener", title: name }, name)
      : element("span", { class: "name" }, name),
    element("span", { class: "state" }, describe(document)));
  if (document.failure) {
    item.append(element("span", { class: "reason" }, document.failure.message || document.failure.reason));
  }
  if (stored) item.append(removeButton(document, name));
  return item;
}

function describe(document) {
  if (document.state === "READY") {
    const pages = document.pageCount ? `${document.pageCount} pages, ` : "";
    return `${pages}${document.chunkCount ?? 0} passages`;
  }
  const word = WORDS[document.state] ?? document.state;
  const indexing = document.chunkCount > 0 && document.chunksIndexed > 0 && BUSY.has(document.state);
  return indexing ? `${word}, ${document.chunksIndexed} of ${document.chunkCount}` : word;
}

/** Asks again in the same place: a second press within a few seconds deletes. */
function removeButton(document, name) {
  const button = element("button", { type: "button", class: "remove", "aria-label": `Delete ${name}`, title: "Delete" }, "✕");
  let sure = 0;
  const calm = () => {
    clearTimeout(sure);
    sure = 0;
    button.classList.remove("sure");
    button.textContent = "✕";
    button.setAttribute("aria-label", `Delete ${name}`);
  };
  button.addEventListener("blur", calm);
  button.addEventListener("click", async () => {
    if (!sure) {
      button.classList.add("sure");
      button.textContent = "Delete?";
      button.setAttribute("aria-label", `Press again to delete ${name}`);
      announce(`Press again to delete ${name}.`);
      sure = setTimeout(calm, SURE_MS);
      return;
    }
    calm();
    button.disabled = true;
    try {
      await remove(collection, document.id);
      announce(`${name} deleted.`);
      byId("drop").focus();
    } catch (problem) {
      say(problem.message, true);
      button.disabled = false;
    }
    refresh();
  });
  return button;
}

function say(text, bad = false) {
  const message = byId("documents-message");
  message.textContent = text;
  message.classList.toggle("bad", bad);
}

byId("more-documents").addEventListener("click", () => {
  limit = Math.min(1000, limit + PAGE);
  refresh();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
