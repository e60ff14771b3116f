/* What every script of ours begins with: its words in the handbook's language, and elements with attributes.

   Publishing puts this, with LANGUAGE, MESSAGES and form(), before each script: a file of its own would be one
   more request on every page, and scripts may arrive in any order. */

const filled = (text, values) =>
  text.replace(/%(?:\((\w+)\)s|%)/g, (found, name) => (name === undefined ? "%" : String(values[name])));

/* Say a message; %(name)s in it stands for a value. The message is its own key, in English. */
function _(text, values = {}) {
  const said = Object.hasOwn(MESSAGES, text) ? MESSAGES[text] : text;
  return filled(Array.isArray(said) ? said[0] : said, values);
}

/* Say the message for a number of things, %(num)s in it. */
function ngettext(one, many, num, values = {}) {
  const said = Object.hasOwn(MESSAGES, one) ? MESSAGES[one] : null;
  return filled(Array.isArray(said) ? said[form(num)] : num === 1 ? one : many, { num, ...values });
}

/* A message with an element in it, which took the place of the value "\0". */
function around(said, ...elements) {
  const [before, after = ""] = said.split("\0");
  return [before, ...elements, after].flat();
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
