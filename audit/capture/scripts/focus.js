// Focus of the element that this function is called on.
(function (way) {
  const held = () => {
    const box = this.getBoundingClientRect();
    return this.matches(":focus") && box.width > 0 && box.height > 0;
  };
  const ways = {
    give: () => this.focus(),
    // Focus that a script gives shows as after a key, because the last input was one.
    // What lies on it there (a bar that sticks) is scrolled away from, as a reader would.
    show: async () => {
      const notes = window[Symbol.for("stepfree.capture")];
      const { scrollX, scrollY } = window;
      this.focus();
      if (notes?.isCovered(this)) this.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      await notes?.followed(scrollX, scrollY);
      let { x, y, width, height } = this.getBoundingClientRect();
      for (let view = this.ownerDocument.defaultView; view.frameElement; view = view.parent) {
        const outer = view.frameElement.getBoundingClientRect();
        x += outer.x + view.frameElement.clientLeft;
        y += outer.y + view.frameElement.clientTop;
      }
      return { box: [x, y, width, height], scroll: [top.scrollX, top.scrollY] };
    },
    // Whether it has focus, and can be seen.
    held,
    // The same, and takes it away.
    leave: () => {
      const had = held();
      this.blur();
      return had;
    },
    // Takes it away; whether nothing has it now.
    take: () => {
      this.blur();
      return ways.nowhere();
    },
    // Whether nothing has it: a script may have given it back, to this element or to another.
    nowhere: () => document.activeElement === document.body,
  };
  return ways[way]();
});
