// How far the page is read, and which page it is. Gives [state, address].
[document.readyState, document.URL];
