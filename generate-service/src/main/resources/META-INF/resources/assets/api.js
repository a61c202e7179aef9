/** A failure with a sentence for people, and the service's stable reason where there is one. */
export class Problem extends Error {
  constructor(message, reason, status) {
    super(message);
    this.reason = reason;
    this.status = status;
  }
}

const documentsPath = collection => `/v1/collections/${encodeURIComponent(collection)}/documents`;

/** Address of the original bytes, at a page where the format has pages. */
export function contentAddress(collection, documentId, page) {
  return `${documentsPath(collection)}/${encodeURIComponent(documentId)}/content${page ? `#page=${page}` : ""}`;
}

/** Sends a request; a reply that is no success becomes a Problem. */
async function send(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new Problem("The service cannot be reached. Is it running? Try: ./quintet status", "UNREACHABLE", 0);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  const unavailable = [502, 503, 504].includes(response.status) ? "A service behind this page does not answer. Try: ./quintet status" : "";
  return new Problem(body.detail || unavailable || `The service answered with status ${response.status}`, body.reason || "", response.status);
}

/** Names of the collections that can be asked. */
export async function collections() {
  const models = await (await send("/v1/models")).json();
  return models.data.map(model => model.id);
}

/** Asks a question; calls `onEvent(name, data)` for each event until the stream ends. */
export async function ask(question, onEvent, signal) {
  const response = await send("/v1/answers", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept": "text/event-stream" },
    body: JSON.stringify(question),
    signal,
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value;
    const events = waiting.split("\n\n");
    waiting = events.pop();
    for (const event of events) deliver(event, onEvent);
  }
}

function deliver(event, onEvent) {
  let name = "message";
  const data = [];
  for (const line of event.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5));
  }
  if (data.length > 0) onEvent(name, JSON.parse(data.join("\n")));
}

/** A page of the documents of a collection, with counts by state; a collection without documents yet is empty. */
export async function documents(collection, limit) {
  try {
    return await (await send(`${documentsPath(collection)}?limit=${limit}`)).json();
  } catch (problem) {
    if (problem.status === 404) return { documents: [], counts: {}, nextCursor: null };
    throw problem;
  }
}

/** Stores a file under an id made of its name, so that the same file again is a new version and not a second document. */
export async function upload(collection, file) {
  const id = await documentId(file.name);
  const isJson = /json/.test(file.type);
  const response = await send(`${documentsPath(collection)}/${id}?filename=${encodeURIComponent(file.name)}`, {
    method: "PUT",
    headers: { "Content-Type": file.type && !isJson ? file.type : "application/octet-stream" },
    body: file,
  });
  return response.json();
}

async function documentId(name) {
  if (/^[A-Za-z0-9._-]{1,128}$/.test(name) && !/^\.+$/.test(name)) return name;
  const readable = name.normalize("NFKD").replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 100);
  return `${readable}-${shortHash(name)}`;
}

/** FNV-1a: tells names apart that differ only in what was replaced. */
function shortHash(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

/** Deletes a document. */
export async function remove(collection, documentId) {
  await send(`${documentsPath(collection)}/${encodeURIComponent(documentId)}`, { method: "DELETE" });
}
