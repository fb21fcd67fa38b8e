// Narrows the list of rules as one types. Without it all rules are listed, and the browser's own search finds them.
(function () {
  "use strict";
  var query = document.getElementById("query");
  var found = document.getElementById("found");
  var items = Array.prototype.slice.call(document.querySelectorAll("li[data-search]"));
  var fold = function (text) { return text.normalize("NFKC").toLowerCase(); };
  var texts = items.map(function (item) { return fold(item.getAttribute("data-search")); });
  var sections = Array.prototype.slice.call(document.querySelectorAll("section.plugin"));
  function narrow() {
    var words = fold(query.value).split(/\s+/).filter(Boolean);
    var count = 0;
    items.forEach(function (item, at) {
      var fits = words.every(function (word) { return texts[at].indexOf(word) >= 0; });
      item.hidden = !fits;
      count += fits ? 1 : 0;
    });
    sections.forEach(function (section) {
      section.hidden = !section.querySelector("li:not([hidden])");
    });
    found.textContent = words.length ? count + " " + found.getAttribute("data-word") : "";
    history.replaceState(null, "", words.length ? "#?" + encodeURIComponent(query.value) : location.pathname.split("/").pop() || "index.html");
  }
  document.getElementById("search").hidden = false;
  if (location.hash.indexOf("#?") === 0) {
    query.value = decodeURIComponent(location.hash.slice(2));
    narrow();
  }
  query.addEventListener("input", narrow);
})();
