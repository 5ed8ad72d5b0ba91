"use strict";

// Filters by label, corrections, and their export. The report is readable without any of it.

const labelFilters = document.querySelectorAll("input[data-shows]");
const blockLabels = document.querySelectorAll("select[data-block]");

function show(filter) {
  for (const block of document.querySelectorAll(`.block[data-label="${filter.dataset.shows}"]`)) {
    block.hidden = !filter.checked;
  }
}

function correctedLabels() {
  return [...blockLabels].filter((select) => select.value !== select.closest(".block").dataset.label);
}

function noteCorrections() {
  for (const select of blockLabels) {
    select.closest(".block").classList.toggle("corrected", select.value !== select.closest(".block").dataset.label);
  }
  const number = correctedLabels().length;
  document.getElementById("corrections").value =
    number === 0 ? "no corrections yet" : number === 1 ? "1 correction" : `${number} corrections`;
}

// One line for every reader: some take these characters for the end of a line.
function jsonLine(record) {
  const escape = (character) => "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0");
  return JSON.stringify(record).replace(/[\u007f-\u009f\u2028\u2029]/g, escape) + "\n";
}

function exportLabels() {
  const record = JSON.parse(document.getElementById("record").textContent);
  for (const select of correctedLabels()) {
    record.blocks[Number(select.dataset.block)].corrected = select.value;
  }
  const file = new Blob([jsonLine(record)], { type: "application/jsonl" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "corrections.jsonl";
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const filter of labelFilters) {
  filter.addEventListener("change", () => show(filter));
  show(filter); // browsers restore a filter's state on reload
}
for (const select of blockLabels) {
  select.addEventListener("change", noteCorrections);
}
if (blockLabels.length > 0) {
  noteCorrections();
  document.getElementById("export").addEventListener("click", exportLabels);
}
