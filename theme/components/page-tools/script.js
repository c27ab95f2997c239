// Share, print, and read aloud with a voice of this device: nobody else learns what is read.
(function () {
  "use strict";
  var tools = document.querySelector(".page-tools");
  if (!tools) return;
  var words = JSON.parse(tools.dataset.words);
  var list = tools.querySelector("ul");

  function tool(text, act) {
    var item = document.createElement("li");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    button.textContent = text;
    button.addEventListener("click", act);
    item.append(button);
    list.append(item);
    return button;
  }

  tool(words.print, function () {
    print();
  });
  if (navigator.share) {
    tool(words.share, function () {
      navigator.share({ title: document.title, url: location.href }).catch(function () {
        // Thought better of it.
      });
    });
  }

  var speech = window.speechSynthesis;
  var listen = null;

  function voiceFor(lang) {
    return speech.getVoices().find(function (voice) {
      return voice.localService && voice.lang.replace("_", "-").split("-")[0] === lang.split("-")[0];
    });
  }

  function ended() {
    listen.textContent = words.listen;
    listen.dataset.state = "";
  }

  function passages() {
    var blocks = "h1, h2, h3, h4, p, li, dt, dd, caption, th, td, summary";
    return Array.from(document.querySelector("main").querySelectorAll(blocks)).filter(function (each) {
      return each.offsetParent && !each.querySelector(blocks) && !each.closest("[aria-hidden=true], form");
    });
  }

  function read() {
    speech.cancel();
    if (listen.dataset.state) return ended();
    listen.textContent = words.stop;
    listen.dataset.state = "reading";
    passages().forEach(function (each, index, all) {
      var said = new SpeechSynthesisUtterance(each.textContent.trim());
      said.lang = each.closest("[lang]").lang;
      said.voice = voiceFor(said.lang) || null;
      if (index === all.length - 1) said.addEventListener("end", ended);
      if (said.voice) speech.speak(said);
    });
  }

  function offer() {
    if (!listen && voiceFor(document.documentElement.lang)) listen = tool(words.listen, read);
  }

  if (speech && speech.getVoices) {
    offer();
    speech.onvoiceschanged = offer;
    addEventListener("pagehide", function () {
      speech.cancel();
    });
  }
})();
