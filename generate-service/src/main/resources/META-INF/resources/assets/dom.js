/** Finds the element with an id. */
export const byId = id => document.getElementById(id);

/**
 * Makes an element. Text is always text: nothing here parses HTML, so a document cannot bring markup into the page.
 * Attributes whose value is null or false are left out; names beginning with "on" are listeners.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== false && value !== undefined) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Says something to a screen reader without showing it. */
export function announce(text) {
  byId("announce").textContent = text;
}

/** Five strings, the first `level` of them drawn; "failed" draws all of them in the colour of failure. */
export function strings(level) {
  return element("span", { class: "strings", "data-level": level, "aria-hidden": "true" },
    ...Array.from({ length: 5 }, () => element("i")));
}
