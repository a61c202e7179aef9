import { ask, Problem } from "./api.js";
import { announce, byId, element } from "./dom.js";
import * as passage from "./passage.js";

const STEPS = {
  dense: "searched by words only",
  rerank: "not re-ranked",
  passages: "model server busy, fewer passages",
  extractive: "model server down or busy, taken from the passages",
};
const MAX_TURNS = 32;

let history = [];
let running = null;

/** Whether an answer is being written. */
export const isRunning = () => running !== null;

/** Stops the answer that is being written; the service stops too. */
export function stop() {
  running?.abort();
}

/** Forgets the conversation. */
export function forget() {
  stop();
  history = [];
  byId("thread").replaceChildren();
}

/** Asks a question and shows the answer as it is written. */
export async function answer(collection, question) {
  const turn = new Turn(collection, question);
  running = new AbortController();
  try {
    await ask({ collection, question, history: history.slice(-MAX_TURNS) }, (name, data) => turn.on(name, data), running.signal);
    turn.end();
  } catch (problem) {
    if (problem.name === "AbortError") {
      turn.stopped();
    } else {
      turn.failed(problem instanceof Problem ? problem : new Problem("The connection broke off before the answer was complete.", ""));
    }
  } finally {
    running = null;
  }
  if (turn.complete) {
    history.push({ role: "user", content: question }, { role: "assistant", content: turn.plain });
  }
}

/** One question and its answer on the page. */
class Turn {
  constructor(collection, question) {
    this.collection = collection;
    this.sources = new Map();
    this.cited = new Set();
    this.uncitedMarks = [];
    this.plain = "";
    this.complete = false;
    this.waiting = element("span", { class: "waiting" }, "Searching…");
    this.text = element("div", { class: "answer", "aria-busy": "true" }, this.waiting);
    this.below = element("div");
    this.root = element("article", { class: "turn" }, element("h2", {}, question), this.text, this.below);
    byId("thread").append(this.root);
    this.root.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  on(name, data) {
    switch (name) {
      case "sources":
        data.sources.forEach(source => this.sources.set(source.number, source));
        this.traceId = data.traceId;
        this.waiting.textContent = data.sources.length > 0 ? `Reading ${data.sources.length} passages…` : "";
        break;
      case "token":
        this.token(data.text);
        break;
      case "citation":
        this.cite(data);
        break;
      case "claim":
        if (data.support === "unsupported") this.flag(data);
        break;
      case "done":
        this.done(data);
        break;
      case "failed":
        this.failed(new Problem(data.message, data.reason));
        break;
    }
  }

  /** A mark comes as a token of its own; its citation follows. */
  token(text) {
    this.waiting.remove();
    this.plain += text;
    const mark = /^\[(\d+)\]$/.exec(text);
    if (mark && this.sources.has(Number(mark[1]))) {
      this.text.append(this.button(Number(mark[1])));
    } else {
      this.text.append(text);
    }
  }

  button(number) {
    const source = this.sources.get(number);
    const button = element("button", {
      type: "button", class: "cite", "aria-pressed": "false",
      "aria-label": `Source ${number}: ${source.filename || source.title}${source.page ? `, page ${source.page}` : ""}`,
    }, String(number));
    button.addEventListener("click", () => passage.show(this.collection, source, button.citation, button));
    button.sent = `[${number}]`;
    this.uncitedMarks.push({ number, button });
    return button;
  }

  cite(citation) {
    this.cited.add(citation.number);
    const at = this.uncitedMarks.findIndex(mark => mark.number === citation.number);
    if (at < 0) return;
    const [{ button }] = this.uncitedMarks.splice(at, 1);
    button.citation = citation;
    button.title = citation.sentence;
  }

  /** Marks a sentence that the passages do not support; offsets count the characters of all tokens. */
  flag(claim) {
    const why = claim.unknown.length > 0 ? `Not in the passages: ${claim.unknown.join(", ")}` : "The passages do not say this";
    let at = 0;
    for (const node of [...this.text.childNodes]) {
      const length = node.nodeType === Node.TEXT_NODE ? node.data.length : (node.sent ?? node.textContent).length;
      const from = Math.max(claim.start - at, 0);
      const to = Math.min(claim.end - at, length);
      if (node.nodeType === Node.TEXT_NODE && from < to) {
        const mark = element("mark", { class: "unsupported", title: why }, node.data.slice(from, to));
        node.replaceWith(node.data.slice(0, from), mark, node.data.slice(to));
      }
      at += length;
    }
    this.unsupported = (this.unsupported ?? 0) + 1;
  }

  done(done) {
    this.finished = true;
    this.complete = true;
    this.showSources();
    this.below.append(facts(done, this.traceId));
    announce(done.finishReason === "no_answer" ? "No answer found." : `Answer complete, ${this.cited.size} sources cited.`);
  }

  failed(problem) {
    this.finished = true;
    this.waiting.remove();
    this.showSources();
    this.below.prepend(element("p", { class: "failure", role: "alert" }, problem.message, problem.reason ? " " : "", problem.reason ? element("code", {}, problem.reason) : ""));
    this.quiet();
  }

  stopped() {
    this.finished = true;
    this.waiting.remove();
    this.showSources();
    this.below.append(element("p", { class: "facts" }, element("span", { class: "badge warn" }, "stopped")));
    this.quiet();
    announce("Stopped.");
  }

  /** A stream without done or failed was cut. */
  end() {
    if (!this.finished) this.failed(new Problem("The connection broke off before the answer was complete.", ""));
    this.quiet();
  }

  quiet() {
    this.text.setAttribute("aria-busy", "false");
  }

  showSources() {
    if (this.sources.size === 0) return;
    const inOrder = [...this.sources.values()].sort((a, b) => this.cited.has(b.number) - this.cited.has(a.number) || a.number - b.number);
    this.below.append(element("ul", { class: "sources", "aria-label": "Sources" }, ...inOrder.map(source => this.source(source))));
  }

  source(source) {
    const used = this.cited.has(source.number);
    const button = element("button", {
      type: "button", class: used ? "source" : "source unused", "aria-pressed": "false",
      title: used ? null : "Found, not cited",
    },
    element("b", {}, String(source.number)),
    element("span", { class: "name" }, source.filename || source.title || source.documentId),
    source.page ? element("span", { class: "page-number" }, `p. ${source.page}`) : "");
    const first = () => [...this.text.querySelectorAll(".cite")].find(cite => cite.citation?.number === source.number)?.citation;
    button.addEventListener("click", () => passage.show(this.collection, source, first(), button));
    return element("li", {}, button);
  }
}

function facts(done, traceId) {
  const line = element("div", { class: "facts" });
  line.append(element("span", { class: "badge", title: "How the answer was made" }, done.mode === "extractive" ? "extractive" : done.model));
  if (done.finishReason === "no_answer") line.append(element("span", { class: "badge warn" }, "no answer found"));
  if (done.finishReason === "length") line.append(element("span", { class: "badge warn" }, "cut at the length limit"));
  done.degraded.forEach(step => line.append(element("span", { class: "badge warn" }, STEPS[step] ?? step)));
  if (done.cached) line.append(element("span", { class: "badge", title: "Written before, from the same passages" }, "cached"));
  if (done.claims?.unsupported > 0) {
    const many = done.claims.unsupported;
    line.append(element("span", { class: "badge warn", title: "Underlined in the answer" }, many === 1 ? "1 sentence unsupported" : `${many} sentences unsupported`));
  }
  line.append(times(done.timings));
  if (done.completionTokens > 0) line.append(element("span", {}, `${done.promptTokens} + ${done.completionTokens} tokens`));
  if (traceId && !/^0+$/.test(traceId)) line.append(trace(traceId));
  return line;
}

function times(timings) {
  const stages = [["search", timings.retrieveMs], ["re-rank", timings.rerankMs], ["write", timings.generateMs], ["verify", timings.verifyMs]].filter(([, ms]) => ms !== undefined);
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  for (const [, ms] of stages) {
    const part = element("i");
    part.style.width = `${(100 * ms) / Math.max(timings.totalMs, 1e-3)}%`;
    bar.append(part);
  }
  const words = stages.map(([stage, ms]) => `${stage} ${duration(ms)}`).join(" · ");
  return element("span", { class: "times", title: words }, bar, `${duration(timings.totalMs)}`, element("span", { class: "wide-word" }, `(${words})`));
}

function duration(ms) {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

function trace(id) {
  const button = element("button", { type: "button", class: "trace", title: "Copy the trace id", "aria-label": `Copy the trace id ${id}` }, `trace ${id.slice(0, 8)}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(id);
      announce("Trace id copied.");
      button.textContent = "copied";
    } catch {
      button.textContent = id;
    }
  });
  return button;
}
