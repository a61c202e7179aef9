import { contentAddress } from "./api.js";
import { byId, element } from "./dom.js";

const SCORES = {
  dense: "meaning",
  lexical: "words",
  fused: "both, fused",
  relevance: "cross-encoder",
  final: "final order",
};

let opener = null;

/** Shows a source with the cited sentence and the reader's answer marked; `button` gets the focus back. */
export function show(collection, source, citation, button) {
  mark(false);
  opener = button;
  mark(true);
  byId("passage-number").textContent = source.number;
  byId("passage-title").textContent = source.title || source.filename || source.documentId;
  const page = citation?.page ?? source.page;
  byId("passage-place").textContent = [
    source.title && source.filename && source.title !== source.filename ? source.filename : "",
    pages(source, page),
    source.sectionPath.join(" › "),
  ].filter(Boolean).join(" · ");
  byId("passage-text").replaceChildren(...marked(source.text, citation));
  byId("legend-answer").hidden = citation?.answerStart === undefined;
  document.querySelector(".legend").hidden = !citation;
  const original = byId("passage-original");
  original.href = contentAddress(collection, source.documentId, page);
  original.textContent = page ? `Open the original at page ${page}` : "Open the original";
  byId("passage-scores").replaceChildren(...scores(source.scores));
  const panel = byId("passage");
  panel.hidden = false;
  document.body.classList.add("reading");
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
  panel.querySelector("mark")?.scrollIntoView({ block: "center" });
}

/** Closes the panel; returns whether it was open. */
export function close() {
  const panel = byId("passage");
  if (panel.hidden) return false;
  panel.hidden = true;
  document.body.classList.remove("reading");
  mark(false);
  opener?.focus();
  opener = null;
  return true;
}

function mark(pressed) {
  opener?.setAttribute("aria-pressed", String(pressed));
}

function pages(source, page) {
  if (!page) return "";
  return source.pageEnd > source.page ? `page ${page} (passage: ${source.page}–${source.pageEnd})` : `page ${page}`;
}

/** Cuts the text at the sentence's and the answer's edges. */
function marked(text, citation) {
  if (!citation) return [text];
  const { start, end, answerStart, answerEnd } = citation;
  const inside = answerStart !== undefined && answerStart >= start && answerEnd <= end;
  const sentence = inside
    ? [text.slice(start, answerStart), element("mark", { class: "reader" }, text.slice(answerStart, answerEnd)), text.slice(answerEnd, end)]
    : [text.slice(start, end)];
  return [text.slice(0, start), element("mark", { class: "sentence" }, ...sentence), text.slice(end)];
}

function scores(all) {
  return Object.entries(all).flatMap(([stage, value]) => {
    const share = stage === "lexical" ? value / (value + 10) : Math.max(0, Math.min(1, value));
    const bar = element("i");
    bar.style.width = `${Math.round(share * 100)}%`;
    return [
      element("dt", {}, stage, " ", element("small", {}, SCORES[stage] ?? "")),
      element("dd", {}, element("span", { class: "meter", "aria-hidden": "true" }, bar), element("span", { class: "value" }, value.toFixed(3))),
    ];
  });
}

byId("passage-close").addEventListener("click", close);
