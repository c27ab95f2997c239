// "Open now": from the dated hours in data-hours and the clock of the library's time zone.
// When the page is older than its hours reach, the dated words of the page stay.
(function () {
  "use strict";
  var places = document.querySelectorAll("[data-hours]");
  if (!places.length) return;

  function clock(zone) {
    var parts = {};
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    })
      .formatToParts(new Date())
      .forEach(function (part) {
        parts[part.type] = part.value;
      });
    return { date: parts.year + "-" + parts.month + "-" + parts.day, minute: parts.hour * 60 + +parts.minute };
  }

  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, function (_, name) {
      return values[name];
    });
  }

  function state(days, now, words) {
    var at = days.findIndex(function (day) {
      return day.date === now.date;
    });
    if (at < 0) return null;
    var spans = days[at].spans;
    for (var i = 0; i < spans.length; i++) {
      if (now.minute < spans[i][0]) return { open: false, text: fill(words.later, { span: spans[i][4] }) };
      if (now.minute < spans[i][1]) return { open: true, text: fill(words.now, { time: spans[i][3] }) };
    }
    var next = days.slice(at + 1).find(function (day) {
      return day.spans.length;
    });
    var text = next ? fill(words.day, { day: next.name, time: next.spans[0][2] }) : words.closed;
    if (!spans.length && days[at].reason) text += " (" + fill(words.reason, { reason: days[at].reason }) + ")";
    return { open: false, text: text };
  }

  function show() {
    var told = 0;
    places.forEach(function (place) {
      var hours = JSON.parse(place.dataset.hours);
      var now = clock(hours.zone);
      var words = JSON.parse(place.closest("[data-words]").dataset.words);
      var found = state(hours.days, now, words);
      if (!found) return;
      told += 1;
      if (place.textContent !== found.text) place.textContent = found.text;
      place.dataset.state = found.open ? "open" : "closed";
      if ("short" in place.dataset) return;
      var weekday = new Date(now.date + "T12:00:00Z").getUTCDay();
      document.querySelectorAll("table[data-week] tr[data-day]").forEach(function (row) {
        var here = +row.dataset.day === weekday;
        var mark = row.querySelector(".hours-today");
        if (here && !mark) {
          mark = document.createElement("span");
          mark.className = "hours-today";
          mark.textContent = " (" + words.today + ")";
          row.cells[0].appendChild(mark);
          row.setAttribute("aria-current", "date");
        } else if (!here && mark) {
          mark.remove();
          row.removeAttribute("aria-current");
        }
      });
    });
    var heading = document.querySelector("[data-today]");
    if (heading && told) heading.textContent = heading.dataset.today;
  }

  show();
  setInterval(show, 60000);
})();
